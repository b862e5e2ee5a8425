#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/router/matter.hpp"

namespace hotline::mysql {

// What lies on every official's desk now: open tickets by weight, and how many are overdue.
Result<ticketing::Loads> read_loads(Connection& db, ticketing::Instant now);

}  // namespace hotline::mysql
