#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// GET /kpi/scorecard: the units' scores with how each came about. GET /kpi/minutes: whose time the
// closed tickets took. On the I/O thread.
class KpiBoardsApi {
public:
    KpiBoardsApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> scorecard(http::Request request);
    boost::asio::awaitable<http::Response> minutes(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
};

}  // namespace hotline::api
