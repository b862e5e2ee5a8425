#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city.hpp"

#include <chrono>
#include <vector>

namespace hotline::actions {

// What one sweep of the watcher did.
struct Sweep {
    std::size_t due = 0;  // tickets taken in hand; more may wait when this is the limit
    std::vector<std::chrono::milliseconds> lags;  // one per card given: how late the watcher was
};

// The deed: finds due clocks, locks their tickets, and gives each card that is owed through the
// lifecycle, once: a second watcher or a restart finds the clock marked. One transaction; `limit`
// tickets at most.
Result<Sweep> fire_due_clocks(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
);

}  // namespace hotline::actions
