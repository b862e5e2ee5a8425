#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/agent_moves.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace hotline::api {

// Where an agent's telephone stands: his own under /agents/me, and under /agents/{user_id}
// anybody's for the shift lead, who may also move him.
class AgentsApi {
public:
    // Told, after the commit, who stands elsewhere now.
    using OnMoved = std::function<void(const actions::MovedAgents& moved)>;

    AgentsApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnMoved on_moved);

    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> choose(http::Request request);
    boost::asio::awaitable<http::Response> lengthen(http::Request request);
    boost::asio::awaitable<http::Response> moves(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Asked;
    boost::asio::awaitable<Result<Asked>> admit(const http::Request& request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    OnMoved on_moved_;
};

}  // namespace hotline::api
