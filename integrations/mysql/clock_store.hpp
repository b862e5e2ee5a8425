#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

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

// Takes a clock the watcher has no business with (any more) off its list.
Result<void> forget_due(Connection& db, ticketing::TicketId ticket, ticketing::Instant now);

// "I was here": another watcher raises the alarm when this grows old.
Result<void> beat(Connection& db, std::string_view name, ticketing::Instant now);

}  // namespace hotline::mysql
