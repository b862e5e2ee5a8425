#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/ticket_store.hpp"

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

}  // namespace hotline::mysql
