#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotline::mysql {

// The tickets somebody still answers for, a page at a time in the order of their ids: for jobs that
// go through all of them.

Result<std::uint64_t> count_open_tickets(Connection& db);

// Those with ids above `after`, at most `limit`.
Result<std::vector<ticketing::TicketId>> open_tickets(
    Connection& db, ticketing::TicketId after, std::size_t limit
);

// They as they stand, with their clocks, in the order of their ids. With `lock` they stay as they
// are until the transaction ends. Tickets that are not there are left out.
Result<std::vector<StoredTicket>> read_tickets(
    Connection& db, std::span<const ticketing::TicketId> tickets, bool lock
);

// A locked ticket of which an act moved due dates and nothing else.
struct MovedDues {
    StoredTicket before;
    ticketing::Ticket after;
    ticketing::Event event;  // sealed, follows before.last_seq
};

// Writes many of them in few statements: version, due dates and head of the log of the row, the
// clocks, the log and the work that follows. `conflict` when one is not as it was locked.
Result<void> store_moved_dues(Connection& db, std::span<const MovedDues> moved);

}  // namespace hotline::mysql
