#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

#include <vector>

namespace hotline::mysql {

// When the watcher must look at a clock next: its warning, then its due date, then never. The
// return window is nobody's lateness and is never watched.
std::optional<ticketing::Instant> next_fire(const sla::Clock& clock);

extern const std::string_view clock_columns;  // without ticket_id

void add_clock(InsertBatch& batch, ticketing::TicketId ticket, const sla::Clock& clock);
Result<void> update_clock(Connection& db, ticketing::TicketId ticket, const sla::Clock& clock);
// From a row that selects clock_columns, beginning at column `first`.
sla::Clock read_clock(const Row& row, std::size_t first);
Result<std::vector<sla::Clock>> read_clocks(Connection& db, ticketing::TicketId ticket);

}  // namespace hotline::mysql
