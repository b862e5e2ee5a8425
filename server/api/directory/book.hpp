#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/settings.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /directory and what is told of it as a whole: which one is in force, who changed it, and its
// lists in and out as CSV.
class DirectoryBookApi {
public:
    DirectoryBookApi(
        auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
    );

    boost::asio::awaitable<http::Response> state(http::Request request);
    boost::asio::awaitable<http::Response> history(http::Request request);
    boost::asio::awaitable<http::Response> export_list(http::Request request);
    boost::asio::awaitable<http::Response> import_list(http::Request request);

    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
};

}  // namespace hotline::api
