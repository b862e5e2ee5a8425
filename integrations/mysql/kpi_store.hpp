#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/dimension.hpp"
#include "sla/kpi.hpp"
#include "sla/rollup_cut.hpp"
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
    ticketing::OfficialId official;
    std::optional<std::uint8_t> channel;
    std::optional<std::uint8_t> type;
    std::optional<std::string> topic;

    bool operator==(const KpiFilter&) const = default;
};

// Whether one counter is among those of the filter.
bool takes(const KpiFilter& filter, const sla::CounterKey& counter);

using KpiGrouping = sla::Dimension;

// The kept sums that answer a question; nothing when none tells all of its fields apart: then the
// tickets themselves are counted (server/actions/count_tickets).
std::optional<sla::Cut> cut_for(const KpiFilter& filter, KpiGrouping grouping);

// Sums of the counters by group. Groups without a counter are not there. cut_for() must have
// found a cut.
using KpiGroups = std::map<std::string, sla::PeriodSums>;
Result<KpiGroups> read_sums(Connection& db, const KpiFilter& filter, KpiGrouping grouping);

// Work in hand, as it stands: open tickets (without praise, S20), those of them past their handling
// limit with the unit (S25) and those parked, by division of the matter and unit in charge (0: the
// centre).
struct WorkInHand {
    std::int64_t open = 0;
    std::int64_t overdue = 0;
    std::int64_t suspended = 0;
};
using DeskKey = std::pair<std::string, std::uint64_t>;
Result<std::map<DeskKey, WorkInHand>> read_work_in_hand(Connection& db, ticketing::Instant now);

}  // namespace hotline::mysql
