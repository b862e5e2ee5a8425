#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /me/views: named questions to the list of tickets, one's own and those given to one's role (A15).
class ViewsApi {
public:
    ViewsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const crypto::BlindIndex& blind,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> keep(http::Request request);
    boost::asio::awaitable<http::Response> remove(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const crypto::BlindIndex& blind_;
    auth::Clock clock_;
};

}  // namespace hotline::api
