#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/metrics.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Work → roll-ups, facts, search text. Stands back while appeals queue for their commit, but never
// altogether: figures may be late by seconds in a rush, not by its length.
boost::asio::awaitable<void> derive(
    mysql::Pool& pool, const actions::Backlog& intake, Metrics& metrics
);

}  // namespace hotline::workers
