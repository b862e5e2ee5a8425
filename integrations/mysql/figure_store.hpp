#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "sla/ageing.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <vector>

// Figures of the board besides the rates: sums by hour, and open tickets as they stand. Of a filter
// division and units count, for sums by hour also its days.
namespace hotline::mysql {

// Monday first, 24 hours of China each.
using HourCounts = std::array<std::array<std::int64_t, 24>, 7>;
Result<HourCounts> read_hours(Connection& db, const KpiFilter& filter);

// S25, by the state they are in: those accepted on the filter's days.
Result<std::map<ticketing::State, std::int64_t>> read_states_now(
    Connection& db, const KpiFilter& filter
);

// Open tickets of one desk (0: the centre) in one band of age (S46).
struct OpenAge {
    std::uint64_t unit = 0;
    bool natural = false;
    std::size_t band = 0;
    std::int64_t open = 0;
    std::int64_t overdue = 0;
};
Result<std::vector<OpenAge>> read_ages(
    Connection& db, const KpiFilter& filter, const sla::AgeBounds& bounds, ticketing::Instant now
);

// What lies on a desk: of units (0: the centre) or of officials (0: nobody by name).
struct DeskLoad {
    std::int64_t open = 0;
    std::int64_t due_today = 0;  // not yet overdue
    std::int64_t overdue = 0;
};
struct LoadAsked {
    const KpiFilter& filter;
    bool by_official = false;
    ticketing::Instant now;
    ticketing::Instant end_of_today;
};
Result<std::map<std::uint64_t, DeskLoad>> read_desk_loads(Connection& db, const LoadAsked& asked);

}  // namespace hotline::mysql
