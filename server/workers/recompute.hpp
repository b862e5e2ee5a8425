#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/city.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Works at recomputations that somebody asked for, a few hundred tickets at a time; several servers
// share one job. Without any it asks once a second.
boost::asio::awaitable<void> recompute_dues(mysql::Pool& pool, const CitySource& city);

}  // namespace hotline::workers
