#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/agent_moves.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace hotline::workers {

// Ends wrap-ups when their time is up and signs out who left (integrations/telephony, T16 and T18).
// Both are data: any number of servers may look.
boost::asio::awaitable<void> watch_agents(
    mysql::Pool& pool, std::function<void(const actions::MovedAgents& moved)> on_moved
);

}  // namespace hotline::workers
