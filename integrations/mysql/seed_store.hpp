#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/directory_rows.hpp"
#include "integrations/mysql/reference/reference.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// What is in the database already, for the decision whether to seed.
struct Contents {
    std::uint64_t units = 0;
    std::uint64_t tickets = 0;
    std::uint64_t real_enterprises = 0;  // not marked as demonstration
};
Result<Contents> contents(Connection& db);

// Removes everything a seed lays down, demonstration accounts included. Tickets stay: the caller
// has made sure there are none.
Result<void> clear_city(Connection& db);

Result<void> insert_places(Connection& db, std::span<const reference::Place> places);
Result<void> insert_duties(Connection& db, std::span<const ticketing::Duty> duties);
Result<void> insert_calendar(
    Connection& db,
    std::span<const reference::CalendarDay> days,
    std::string_view source,
    ticketing::Instant now
);

// Who is marked as on leave is so from the day of `now` on, until somebody ends it. Units,
// enterprises and cards: insert_entries().
Result<void> insert_officials(
    Connection& db, std::span<const StaffedOfficial> officials, ticketing::Instant now
);

}  // namespace hotline::mysql
