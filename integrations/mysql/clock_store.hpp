#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// Tickets with a clock whose next instant has come, the most overdue first. By index; no lock.
Result<std::vector<ticketing::TicketId>> due_tickets(
    Connection& db, ticketing::Instant now, std::size_t limit
);

// Locks those of the tickets nobody else has locked (FOR UPDATE SKIP LOCKED), so that any number of
// watchers share the work without waiting for each other or for people.
Result<std::vector<ticketing::TicketId>> lock_free_tickets(
    Connection& db, const std::vector<ticketing::TicketId>& tickets
);

// The watcher has no business with what was due by `due_by`: it looks again at `next`, or never.
Result<void> forget_due(
    Connection& db,
    ticketing::TicketId ticket,
    ticketing::Instant due_by,
    std::optional<ticketing::Instant> next
);

// "I was here": another watcher raises the alarm when this grows old.
Result<void> beat(Connection& db, std::string_view name, ticketing::Instant now);

}  // namespace hotline::mysql
