#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /admin/calendars… and /admin/recomputes: versions of the working calendar, what a new one would
// do, putting it in force, and the jobs by which due dates that were given follow.
class CalendarsApi {
public:
    CalendarsApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> preview(http::Request request);
    boost::asio::awaitable<http::Response> add(http::Request request);
    boost::asio::awaitable<http::Response> recomputes(http::Request request);
    boost::asio::awaitable<http::Response> recompute(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
};

}  // namespace hotline::api
