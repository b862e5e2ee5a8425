#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/query_text.hpp"
#include "sla/dimension.hpp"
#include "sla/kpi.hpp"
#include "sla/rollup_cut.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/state.hpp"

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
    std::optional<unsigned> weekday;   // 1 (Monday) to 7, with it or
    std::optional<std::uint8_t> hour;  // of day: only of metrics that tell it (S44)
    std::vector<sla::Metric> metrics;  // empty: those of the rates

    bool operator==(const KpiFilter&) const = default;
};

// The states of work in hand (S25).
inline constexpr ticketing::State states_in_hand[] = {
    ticketing::State::accepted,
    ticketing::State::dispatched,
    ticketing::State::handling,
    ticketing::State::return_pending,
    ticketing::State::suspended,
    ticketing::State::submitted,
    ticketing::State::callback,
    ticketing::State::mediating,
};

// Whether one counter is among those of the filter.
bool takes(const KpiFilter& filter, const sla::CounterKey& counter);

using KpiGrouping = sla::Dimension;

// The days (or months, or years) of a stretch as a condition on kept sums.
QueryText days_of(const sla::Stretch& stretch, bool metrics_named);

// Whether kept sums answer a question. Where none tells all of its fields apart the tickets
// themselves are counted (server/actions/count_tickets).
bool sums_tell(const KpiFilter& filter, KpiGrouping grouping);

// Sums of the counters by group; a sum of nothing may be there as 0. Nothing is found where
// !sums_tell().
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
