#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// GET /agents/board: who waits, where everybody stands, how today goes, and what is amiss; for the
// shift lead.
class PhoneBoardApi {
public:
    PhoneBoardApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock);

    boost::asio::awaitable<http::Response> show(http::Request request);

    // The route, bound to this object, which must outlive it.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
};

}  // namespace hotline::api
