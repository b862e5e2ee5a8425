#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "ticketing/notices/plan.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace hotline::api {

// What is in force of the rules, and the key browsers subscribe with.
struct NoticeSetting {
    ticketing::notices::Channels channels;
    ticketing::notices::Pace pace;
    std::string push_key;  // "": no Web Push
};

// /notices, /me/notice-preferences, /push-key, /bulletins, /notice-rules.
class NoticesApi {
public:
    // `ring` is called when a bulletin was written.
    NoticesApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        auth::Clock clock,
        NoticeSetting setting,
        std::function<void()> ring
    );

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> read_one(http::Request request);
    boost::asio::awaitable<http::Response> read_all(http::Request request);
    boost::asio::awaitable<http::Response> shown(http::Request request);
    boost::asio::awaitable<http::Response> preferences(http::Request request);
    boost::asio::awaitable<http::Response> set_preferences(http::Request request);
    boost::asio::awaitable<http::Response> push_key(http::Request request);
    boost::asio::awaitable<http::Response> rules(http::Request request);
    boost::asio::awaitable<http::Response> send_bulletin(http::Request request);
    boost::asio::awaitable<http::Response> bulletin(http::Request request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
    NoticeSetting setting_;
    std::function<void()> ring_;
};

}  // namespace hotline::api
