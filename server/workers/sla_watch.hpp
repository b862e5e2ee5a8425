#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/city.hpp"
#include "server/metrics.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string>

namespace hotline::workers {

// Looks for due clocks every `interval`, gives the cards, writes its heartbeat. A deadline is data:
// after a restart, or beside other servers, nothing is missed and nothing is given twice.
boost::asio::awaitable<void> watch_clocks(
    mysql::Pool& pool,
    const CitySource& city,
    Metrics& metrics,
    std::string server_id,
    std::chrono::milliseconds interval
);

}  // namespace hotline::workers
