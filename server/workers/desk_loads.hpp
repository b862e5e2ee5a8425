#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/desk_loads.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Reads the officials' desks anew once a minute: what other servers did, and what drifted.
boost::asio::awaitable<void> refresh_desk_loads(mysql::Pool& pool, DeskLoads& loads);

}  // namespace hotline::workers
