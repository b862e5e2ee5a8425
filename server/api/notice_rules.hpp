#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/api/notices.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /notice-rules…: who is told what, by which channels and when; what a change would do; and putting
// it in force (G18).
class NoticeRulesApi {
public:
    NoticeRulesApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        auth::Clock clock,
        NoticeSetting setting
    );

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> history(http::Request request);
    boost::asio::awaitable<http::Response> preview(http::Request request);
    boost::asio::awaitable<http::Response> add(http::Request request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
    NoticeSetting setting_;
};

}  // namespace hotline::api
