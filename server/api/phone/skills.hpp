#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// What an agent can, kept by the shift lead (integrations/telephony, T26).
class AgentSkillsApi {
public:
    AgentSkillsApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock);

    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> replace(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Asked;
    boost::asio::awaitable<Result<Asked>> admit(const http::Request& request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
};

}  // namespace hotline::api
