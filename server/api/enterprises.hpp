#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// /enterprises/{enterprise_id}: one enterprise's whole life with the city (A16).
class EnterprisesApi {
public:
    EnterprisesApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        redis::Limits& limits,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> timeline(http::Request request);
    boost::asio::awaitable<http::Response> reveal(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Look;
    boost::asio::awaitable<Result<Look>> admit(const http::Request& request, ticketing::Verb verb);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    redis::Limits& limits_;
    auth::Clock clock_;
};

}  // namespace hotline::api
