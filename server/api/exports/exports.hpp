#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/api/exports/tables.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <expected>
#include <map>
#include <vector>

namespace hotline::api {

// GET /exports/{table}: what the board shows as a file. On the I/O thread; the file is made on a
// database thread.
class ExportsApi {
public:
    // The routes whose answers are laid out. They say who may ask and what he is shown.
    using Sources = std::map<ExportTable, http::Handler>;

    ExportsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        Sources sources,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> file(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    // All pages of an answer as one, or the refusal.
    using Gathered = std::expected<boost::json::object, http::Response>;
    boost::asio::awaitable<Gathered> gathered(
        const http::Request& request, http::Request question, ExportTable table
    );

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    Sources sources_;
    auth::Clock clock_;
};

// A route of one of the APIs as a source.
template <class Api>
http::Handler asking(
    Api& api, boost::asio::awaitable<http::Response> (Api::*route)(http::Request)
) {
    return [&api, route](http::Request request) { return (api.*route)(std::move(request)); };
}

}  // namespace hotline::api
