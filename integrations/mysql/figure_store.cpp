#include "integrations/mysql/figure_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/query_text.hpp"
#include "sla/limit.hpp"
#include "ticketing/types/appeal.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Instant;
using ticketing::State;

constexpr std::string_view owed_by_a_unit = "state IN (?,?,?)";

// Params looks at values only: they have to stay.
std::vector<Param> units_owe() {
    return {
        static_cast<int>(State::dispatched),
        static_cast<int>(State::handling),
        static_cast<int>(State::return_pending)
    };
}

QueryText of_desks(const KpiFilter& filter, std::string_view unit) {
    QueryText where;
    if (filter.division) where.add(" AND division=?", {*filter.division});
    if (filter.units && filter.units->empty()) where.add(" AND FALSE");
    if (filter.units && !filter.units->empty()) {
        std::vector<Param> units;
        for (const auto id : *filter.units) units.emplace_back(id.value);
        where.add(" AND ").add(QueryText::in(unit, std::move(units)));
    }
    return where;
}

// Work in hand of the filter's desks (S25): praise is none.
QueryText in_hand(const KpiFilter& filter) {
    std::vector<Param> states;
    for (const State state : states_in_hand) states.emplace_back(static_cast<int>(state));
    QueryText where;
    where.add(" FROM ticket WHERE ").add(QueryText::in("state", std::move(states)));
    where.add(" AND type<>?", {static_cast<int>(ticketing::AppealType::praise)});
    return where.add(of_desks(filter, "lead_unit_id"));
}

// In how many of the bounds the ticket was there before them: the number of its band.
QueryText band(std::span<const Instant> bounds) {
    QueryText sum;
    for (const Instant bound : bounds) {
        sum.add(sum.empty() ? "(accepted_at<?)" : "+(accepted_at<?)", {bound});
    }
    return sum;
}

}  // namespace

Result<HourCounts> read_hours(Connection& db, const KpiFilter& filter) {
    const sla::CutFields fields{
        .unit = filter.units.has_value(), .division = filter.division.has_value(), .hour = true
    };
    constexpr sla::Metric metric[] = {sla::Metric::received};
    const auto cut = sla::cut_for(sla::Period::day, fields, metric);
    QueryText sql;
    sql.add(
        "SELECT WEEKDAY(day) AS weekday, hour, SUM(amount) FROM rollup WHERE cut=? AND metric=? "
        "AND ",
        {static_cast<int>(*cut), static_cast<int>(sla::Metric::received)}
    );
    sql.add(days_of({sla::Period::day, filter.from, filter.to}, true));
    sql.add(of_desks(filter, "unit_id")).add(" GROUP BY weekday, hour");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    HourCounts counts{};
    for (const Row row : *rows) {
        const auto weekday = row.unsigned_integer(0);
        const auto hour = row.unsigned_integer(1);
        if (weekday < counts.size() && hour < counts[weekday].size()) {
            counts[weekday][hour] = row.integer(2);
        }
    }
    return counts;
}

Result<std::map<State, std::int64_t>> read_states_now(Connection& db, const KpiFilter& filter) {
    QueryText sql;
    sql.add("SELECT state, COUNT(*)").add(in_hand(filter));
    sql.add(
        " AND accepted_at>=? AND accepted_at<? GROUP BY state",
        {sla::at_local(filter.from, {}), sla::at_local(filter.to + std::chrono::days{1}, {})}
    );
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::map<State, std::int64_t> states;
    for (const Row row : *rows) states[static_cast<State>(row.integer(0))] = row.integer(1);
    return states;
}

Result<std::vector<OpenAge>> read_ages(
    Connection& db, const KpiFilter& filter, const sla::AgeBounds& bounds, Instant now
) {
    QueryText sql;
    sql.add(
        "SELECT COALESCE(lead_unit_id,0) AS desk, COALESCE(handle_limit,0)=? AS natural_days, ",
        {static_cast<int>(sla::LimitUnit::natural_minutes)}
    );
    sql.add("CASE WHEN handle_limit=? THEN ", {static_cast<int>(sla::LimitUnit::natural_minutes)});
    sql.add(band(bounds.natural)).add(" ELSE ").add(band(bounds.working)).add(" END AS band, ");
    sql.add("COUNT(*), SUM(").add(owed_by_a_unit, units_owe());
    sql.add(" AND COALESCE(handle_due_at<?,FALSE))", {now}).add(in_hand(filter));
    sql.add(" GROUP BY desk, natural_days, band");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<OpenAge> ages;
    for (const Row row : *rows) {
        ages.push_back(
            {row.unsigned_integer(0),
             row.flag(1),
             static_cast<std::size_t>(row.integer(2)),
             row.integer(3),
             row.integer(4)}
        );
    }
    return ages;
}

Result<std::map<std::uint64_t, DeskLoad>> read_desk_loads(Connection& db, const LoadAsked& asked) {
    QueryText sql;
    sql.add(
        asked.by_official ? "SELECT COALESCE(official_id,0)" : "SELECT COALESCE(lead_unit_id,0)"
    );
    sql.add(" AS desk, COUNT(*), SUM(").add(owed_by_a_unit, units_owe());
    sql.add(
        " AND COALESCE(handle_due_at>=? AND handle_due_at<?,FALSE)), SUM(",
        {asked.now, asked.end_of_today}
    );
    sql.add(owed_by_a_unit, units_owe());
    sql.add(" AND COALESCE(handle_due_at<?,FALSE))", {asked.now});
    sql.add(in_hand(asked.filter)).add(" GROUP BY desk");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::map<std::uint64_t, DeskLoad> loads;
    for (const Row row : *rows) {
        loads[row.unsigned_integer(0)] = {row.integer(1), row.integer(2), row.integer(3)};
    }
    return loads;
}

}  // namespace hotline::mysql
