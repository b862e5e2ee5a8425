#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <vector>

namespace hotline::api {

// Tickets at partners (E10 to E19), as the people of the hotline see and settle them.
class HandoversApi {
public:
    HandoversApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> act(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
};

}  // namespace hotline::api
