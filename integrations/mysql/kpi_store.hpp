#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/kpi.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hotline::mysql {

// Which counters are added up. Days are China's, both ends included.
struct KpiFilter {
    sla::LocalDay from;
    sla::LocalDay to;
    std::optional<std::string> division;                  // of the matter
    std::optional<std::vector<ticketing::UnitId>> units;  // any of these; empty list: none

    bool operator==(const KpiFilter&) const = default;
};

enum class KpiGrouping { none, division, unit, day };

// Sums of the daily counters by group: the division's code, the unit's id, the day as 2026-11-23,
// or
// "" for all together. Groups without a counter are not there.
Result<std::map<std::string, sla::PeriodSums>> read_sums(
    Connection& db, const KpiFilter& filter, KpiGrouping grouping
);

// Work in hand, as it stands: open tickets (without praise, S20) and those of them past their
// handling limit with the unit (S25), by division of the matter and unit in charge (0: the centre).
struct WorkInHand {
    std::int64_t open = 0;
    std::int64_t overdue = 0;
};
using DeskKey = std::pair<std::string, std::uint64_t>;
Result<std::map<DeskKey, WorkInHand>> read_work_in_hand(Connection& db, ticketing::Instant now);

}  // namespace hotline::mysql
