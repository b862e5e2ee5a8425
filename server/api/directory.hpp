#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /units, /officials, /enterprises: whom a ticket may go to, and who raised it.
class DirectoryApi {
public:
    DirectoryApi(
        auth::Guard& guard, mysql::Pool& pool, const CitySource& city, const DeskLoads& loads
    );

    boost::asio::awaitable<http::Response> units(http::Request request);
    boost::asio::awaitable<http::Response> officials(http::Request request);
    boost::asio::awaitable<http::Response> enterprises(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const DeskLoads& loads_;
};

}  // namespace hotline::api
