#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// How many agents are needed (integrations/telephony, T11 to T14), for the shift lead:
// GET /staffing/plan, half hour by half hour of a day from the days before it, with what came of
// it so far; GET /staffing/agents, for a load one thinks of.
class StaffingApi {
public:
    StaffingApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock);

    boost::asio::awaitable<http::Response> plan(http::Request request);
    boost::asio::awaitable<http::Response> agents(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<Result<void>> admit(const http::Request& request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
};

}  // namespace hotline::api
