#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/auth/query_guard.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "ticketing/lifecycle/act_request.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// /appeals…: enterprises, without an account. Submitting, following by number and code, adding
// information, rating, urging, withdrawing, having it handled again.
class AppealsApi {
public:
    AppealsApi(
        actions::AppealDesk& desk,
        mysql::Pool& pool,
        const CitySource& city,
        auth::QueryGuard& guard,
        DeskLoads& loads,
        redis::Limits& limits
    );

    boost::asio::awaitable<http::Response> submit(http::Request request);
    boost::asio::awaitable<http::Response> follow(http::Request request);
    boost::asio::awaitable<http::Response> rate(http::Request request);
    boost::asio::awaitable<http::Response> urge(http::Request request);
    boost::asio::awaitable<http::Response> withdraw(http::Request request);
    boost::asio::awaitable<http::Response> add(http::Request request);
    boost::asio::awaitable<http::Response> reopen(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> act(
        http::Request request, ticketing::ActRequest act, std::string code
    );
    boost::asio::awaitable<http::Response> simple_act(http::Request request, ticketing::Act act);
    boost::asio::awaitable<http::Response> progress(http::Request request, std::string ticket_no);

    actions::AppealDesk& desk_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::QueryGuard& guard_;
    DeskLoads& loads_;
    redis::Limits& limits_;
};

}  // namespace hotline::api
