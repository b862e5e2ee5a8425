#include "integrations/mysql/kpi_store.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/state.hpp"

namespace hotline::mysql {
namespace {

using ticketing::State;

constexpr State open_states[] = {
    State::accepted,
    State::dispatched,
    State::handling,
    State::return_pending,
    State::suspended,
    State::submitted,
    State::callback,
    State::mediating,
};

std::string_view column(KpiGrouping grouping) {
    switch (grouping) {
        case KpiGrouping::division:
            return "division";
        case KpiGrouping::unit:
            return "unit_id";
        case KpiGrouping::day:
            return "day";
        case KpiGrouping::none:
            break;
    }
    return "''";
}

Param day_param(sla::LocalDay day) {
    return Time{day.time_since_epoch()};
}

}  // namespace

Result<std::map<std::string, sla::PeriodSums>> read_sums(
    Connection& db, const KpiFilter& filter, KpiGrouping grouping
) {
    std::map<std::string, sla::PeriodSums> sums;
    if (filter.units && filter.units->empty()) return sums;
    QueryText sql;
    sql.add("SELECT ").add(column(grouping)).add(" AS grp, metric, SUM(amount) FROM rollup_daily");
    sql.add(" WHERE day BETWEEN ? AND ?", {day_param(filter.from), day_param(filter.to)});
    if (filter.division) sql.add(" AND division=?", {*filter.division});
    if (filter.units) {
        std::vector<Param> units;
        for (const auto unit : *filter.units) units.emplace_back(unit.value);
        sql.add(" AND ").add(QueryText::in("unit_id", std::move(units)));
    }
    sql.add(" GROUP BY grp, metric");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        const auto metric = static_cast<sla::Metric>(row.integer(1));
        sums[row.string(0)].counts[metric] += row.integer(2);
    }
    return sums;
}

Result<std::map<DeskKey, WorkInHand>> read_work_in_hand(Connection& db, ticketing::Instant now) {
    std::vector<Param> states;
    for (const State state : open_states) states.emplace_back(static_cast<int>(state));
    QueryText sql;
    sql.add(
        "SELECT division, COALESCE(lead_unit_id,0) AS desk, COUNT(*), "
        "SUM(state IN (?,?,?) AND handle_due_at<?) FROM ticket WHERE ",
        {static_cast<int>(State::dispatched),
         static_cast<int>(State::handling),
         static_cast<int>(State::return_pending),
         now}
    );
    sql.add(QueryText::in("state", std::move(states)));
    sql.add(" AND type<>?", {static_cast<int>(ticketing::AppealType::praise)});
    sql.add(" GROUP BY division, desk");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::map<DeskKey, WorkInHand> desks;
    for (const Row row : *rows) {
        desks[{row.string(0), row.unsigned_integer(1)}] = {row.integer(2), row.integer(3)};
    }
    return desks;
}

}  // namespace hotline::mysql
