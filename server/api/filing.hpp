#pragma once

#include "server/actions/appeal_desk.hpp"
#include "server/api/appeal_input.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// POST /tickets and POST /visits: appeals that people at work take down. The same door and the same
// answers as the portal's.
class FilingApi {
public:
    FilingApi(auth::Guard& guard, actions::AppealDesk& desk, const CitySource& city);

    boost::asio::awaitable<http::Response> file_ticket(http::Request request);
    boost::asio::awaitable<http::Response> file_visit(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> file(
        http::Request request, ticketing::Actor actor, AppealForm form
    );

    auth::Guard& guard_;
    actions::AppealDesk& desk_;
    const CitySource& city_;
};

}  // namespace hotline::api
