#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "sla/calendar.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace hotline::actions {

// More closings than this in a period are not measured while somebody waits.
inline constexpr std::uint64_t measured_at_most = 15'000;

// S48: office time from the last dispatch to the signature and to the result that stands, of
// tickets closed in the period.
struct TimesTaken {
    std::int64_t signatures = 0;
    std::chrono::milliseconds to_sign{};
    std::int64_t results = 0;
    std::chrono::milliseconds to_resolve{};
};

// By unit, or by official. Nothing when there are too many closings.
using TimesByDesk = std::optional<std::map<std::uint64_t, TimesTaken>>;
Result<TimesByDesk> mean_times(
    mysql::Connection& db,
    const mysql::KpiFilter& filter,
    bool by_official,
    const sla::Calendar& calendar
);

}  // namespace hotline::actions
