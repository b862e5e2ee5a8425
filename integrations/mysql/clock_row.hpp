#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

#include <vector>

namespace hotline::mysql {

// When the watcher must look at a clock next: its warning, its due date, the steps of the
// ladder after it, then never. The return window is nobody's lateness and is never watched.
std::optional<ticketing::Instant> next_fire(const sla::Clock& clock);

extern const std::string_view clock_columns;  // without ticket_id
// Those in which a clock that has just been started has nothing.
extern const std::string_view clock_later_columns;

void add_clock(InsertBatch& batch, ticketing::TicketId ticket, const sla::Clock& clock);
// Follows the values of a batch of clocks that may be there already: what moves is taken over.
extern const std::string_view clock_moves;
// From a row that selects clock_columns, beginning at column `first`.
sla::Clock read_clock(const Row& row, std::size_t first);
Result<std::vector<sla::Clock>> read_clocks(Connection& db, ticketing::TicketId ticket);

}  // namespace hotline::mysql
