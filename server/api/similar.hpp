#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/similar_appeals.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// POST /tickets/similar: what there is already while somebody types. GET
// /tickets/{ticket_no}/similar: likely duplicates of a ticket. Shown as lists show tickets, and
// only what the asker may know of.
class SimilarApi {
public:
    SimilarApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const SimilarAppeals& similar,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> of_text(http::Request request);
    boost::asio::awaitable<http::Response> of_ticket(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const SimilarAppeals& similar_;
    auth::Clock clock_;
};

}  // namespace hotline::api
