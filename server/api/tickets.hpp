#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// /tickets/{ticket_no}…: one ticket, its log, what is done to it, and a masked field in clear. What
// the asker may not know of is not there. A manager's look at a single ticket is audited (A9).
class TicketsApi {
public:
    TicketsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        DeskLoads& loads,
        redis::Limits& limits,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> events(http::Request request);
    boost::asio::awaitable<http::Response> act(http::Request request);
    boost::asio::awaitable<http::Response> reveal(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    DeskLoads& loads_;
    redis::Limits& limits_;
    auth::Clock clock_;
};

}  // namespace hotline::api
