#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/api/notices.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// /bulletins…: one text to many people, how far it got, and with whom.
class BulletinsApi {
public:
    // `ring` is called when one was written.
    BulletinsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        auth::Clock clock,
        NoticeSetting setting,
        std::function<void()> ring
    );

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> send(http::Request request);
    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> audience(http::Request request);
    boost::asio::awaitable<http::Response> receipts(http::Request request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
    NoticeSetting setting_;
    std::function<void()> ring_;
};

}  // namespace hotline::api
