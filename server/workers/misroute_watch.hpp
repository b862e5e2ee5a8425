#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/misroute_source.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Takes up what returns have taught (R13), here and on other servers, twice a minute; and forgets
// what has become too old.
boost::asio::awaitable<void> watch_misroutes(mysql::Pool& pool, MisrouteSource& source);

}  // namespace hotline::workers
