#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/agent_moves.hpp"
#include "server/actions/command_calls.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::workers {

// Ends wrap-ups when their time is up, signs out who left, and ends what was asked of a call and
// nobody has answered for (integrations/telephony, T16, T18 and T39). All are data: any number of
// servers may look.
boost::asio::awaitable<void> watch_agents(
    mysql::Pool& pool,
    std::function<void(const actions::MovedAgents& moved)> on_moved,
    std::function<void(const std::vector<mysql::CallCommand>& ended)> on_ended
);

}  // namespace hotline::workers
