#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/ticket_store.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// Locks the tickets with an alarm that is due, the most overdue first, but for those somebody else
// has locked (FOR UPDATE SKIP LOCKED): any number of watchers share the work without waiting for
// each other or for people.
Result<std::vector<StoredTicket>> lock_due_tickets(
    Connection& db, ticketing::Instant now, std::size_t limit
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
