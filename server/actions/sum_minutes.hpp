#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "server/city.hpp"
#include "ticketing/minute_ledger.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <utility>

namespace hotline::actions {

// More tickets than this closed in a period are not added up while somebody waits.
inline constexpr std::uint64_t ledgers_at_most = 20'000;

// Where the time of the tickets went that were closed in the period (M1 to M6): the sums of their
// minute ledgers, which add up to their lives.
struct MinuteSums {
    std::uint64_t tickets = 0;
    std::chrono::milliseconds life{};
    std::map<std::pair<ticketing::Party, ticketing::UnitId>, std::chrono::milliseconds> lines;
};

// Of tickets whose closing the filter takes. too_long at "to" when there are too many.
Result<MinuteSums> sum_minutes(
    mysql::Connection& db, const mysql::KpiFilter& filter, const City& city, ticketing::Instant now
);

}  // namespace hotline::actions
