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

// GET /hot-topics: what many enterprises told within days, counted out of the tickets the asker may
// know of; what is hot only with tickets of others is not there for him (A4).
class HotTopicsApi {
public:
    HotTopicsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const SimilarAppeals& similar,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);

    // The route, bound to this object, which must outlive it.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const SimilarAppeals& similar_;
    auth::Clock clock_;
};

}  // namespace hotline::api
