#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/router/misroutes.hpp"

#include <map>
#include <span>
#include <vector>

// What approved returns teach (R13). Written by the derive worker alone, rows in the order of their
// keys.
namespace hotline::mysql {

// In place of what these tickets taught before.
Result<void> store_misroutes(
    Connection& db, const std::map<ticketing::TicketId, std::vector<ticketing::Misroute>>& changed
);

// Each the last of its kind and unit; an earlier one than is stored changes nothing.
Result<void> store_kept(Connection& db, std::span<const ticketing::Kept> kept);

// The returns since then, and what was kept of the same topics and places.
struct StoredLessons {
    std::vector<ticketing::Misroute> misroutes;
    std::vector<ticketing::Kept> kept;
};
Result<StoredLessons> read_lessons(Connection& db, ticketing::Instant since);

}  // namespace hotline::mysql
