#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "ticketing/notices/rules.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::api {

// By what people are told here, and the key browsers subscribe with.
struct NoticeSetting {
    ticketing::notices::Channels channels;
    ticketing::notices::Rules rules;  // as configured: those that count until others are set
    std::string push_key;             // "": no Web Push
};

// /notices, /me/notice-preferences, /push-key.
class NoticesApi {
public:
    NoticesApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, NoticeSetting setting);

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> read_one(http::Request request);
    boost::asio::awaitable<http::Response> read_all(http::Request request);
    boost::asio::awaitable<http::Response> shown(http::Request request);
    boost::asio::awaitable<http::Response> preferences(http::Request request);
    boost::asio::awaitable<http::Response> set_preferences(http::Request request);
    boost::asio::awaitable<http::Response> push_key(http::Request request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    NoticeSetting setting_;
};

}  // namespace hotline::api
