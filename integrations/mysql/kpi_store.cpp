#include "integrations/mysql/kpi_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/state.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::State;

std::string_view column(KpiGrouping grouping) {
    switch (grouping) {
        case KpiGrouping::division:
            return "division";
        case KpiGrouping::unit:
            return "unit_id";
        case KpiGrouping::day:
            return "day";
        case KpiGrouping::official:
            return "official_id";
        case KpiGrouping::channel:
            return "channel";
        case KpiGrouping::type:
            return "type";
        case KpiGrouping::topic:
            return "topic";
        case KpiGrouping::none:
            break;
    }
    return "''";
}

// What a question needs told apart. The channel, type and topic of a sum come together.
sla::CutFields needed(const KpiFilter& filter, KpiGrouping grouping) {
    return {
        .unit = filter.units || grouping == KpiGrouping::unit,
        .division = filter.division || grouping == KpiGrouping::division,
        .official = filter.official || grouping == KpiGrouping::official,
        .matter = filter.channel || filter.type || grouping == KpiGrouping::channel ||
                  grouping == KpiGrouping::type,
        .topic = filter.topic || grouping == KpiGrouping::topic,
        .hour = filter.hour || filter.weekday,
    };
}

// Whole years and months are read from their own sums, where such are kept.
std::vector<sla::Stretch> stretches(
    const KpiFilter& filter, KpiGrouping grouping, const sla::CutFields& fields
) {
    const bool whole = sla::cut_for(sla::Period::month, fields, filter.metrics).has_value();
    if (grouping != KpiGrouping::day && whole) {
        return sla::stretches_of(filter.from, filter.to);
    }
    return {{sla::Period::day, filter.from, filter.to}};
}

// The first day of the next year, month or day of a stretch.
sla::LocalDay next(const sla::Stretch& stretch, sla::LocalDay first) {
    using std::chrono::days;
    if (stretch.period == sla::Period::day) return first + days{1};
    const std::chrono::year_month_day date{first};
    if (stretch.period == sla::Period::year) {
        return sla::LocalDay{(date.year() + std::chrono::years{1}) / 1 / 1};
    }
    return sla::LocalDay{(date.year() / date.month() + std::chrono::months{1}) / 1};
}

QueryText rows_of(
    const KpiFilter& filter,
    const std::vector<sla::Stretch>& stretches,
    const sla::CutFields& fields
) {
    QueryText any;
    for (const sla::Stretch& stretch : stretches) {
        const auto cut = *sla::cut_for(stretch.period, fields, filter.metrics);
        any.add(any.empty() ? "((cut=? AND " : " OR (cut=? AND ", {static_cast<int>(cut)});
        any.add(days_of(stretch, !filter.metrics.empty())).add(")");
    }
    return any.empty() ? any.add("(FALSE)") : any.add(")");
}

// What a year or month has beyond the period is read only to be taken off (sla::stretches_of).
QueryText amount(
    const KpiFilter& filter, std::vector<sla::Stretch> stretches, const sla::CutFields& fields
) {
    std::erase_if(stretches, [](const sla::Stretch& stretch) { return !stretch.taken_off; });
    QueryText sum;
    if (stretches.empty()) return sum.add("SUM(amount)");
    sum.add("SUM(CASE WHEN ").add(rows_of(filter, stretches, fields));
    return sum.add(" THEN -amount ELSE amount END)");
}

}  // namespace

// One year or month by equality: its rows come in the order they are grouped in. Where metrics are
// named, each day by equality: the key goes on with the metric, and a range would read them all.
QueryText days_of(const sla::Stretch& stretch, bool metrics_named) {
    constexpr std::size_t most_listed = 512;
    QueryText sql;
    if (stretch.first == stretch.last) return sql.add("day=?", {day_param(stretch.first)});
    std::vector<Param> days;
    for (auto day = stretch.first; metrics_named && day <= stretch.last; day = next(stretch, day)) {
        days.push_back(day_param(day));
    }
    if (!days.empty() && days.size() <= most_listed) return QueryText::in("day", std::move(days));
    return sql.add("day BETWEEN ? AND ?", {day_param(stretch.first), day_param(stretch.last)});
}

bool takes(const KpiFilter& filter, const sla::CounterKey& counter) {
    if (counter.day < filter.from || counter.day > filter.to) return false;
    if (filter.division && counter.division != *filter.division) return false;
    if (filter.official && counter.official != filter.official.value) return false;
    if (filter.channel && counter.channel != *filter.channel) return false;
    if (filter.type && counter.type != *filter.type) return false;
    if (filter.topic && counter.topic != *filter.topic) return false;
    if (filter.hour && counter.hour != *filter.hour) return false;
    if (filter.weekday && std::chrono::weekday{counter.day}.iso_encoding() != *filter.weekday) {
        return false;
    }
    if (!filter.metrics.empty() &&
        std::ranges::find(filter.metrics, counter.metric) == filter.metrics.end()) {
        return false;
    }
    return !filter.units ||
           std::ranges::find(*filter.units, ticketing::UnitId{counter.unit}) != filter.units->end();
}

bool sums_tell(const KpiFilter& filter, KpiGrouping grouping) {
    return sla::cut_for(sla::Period::day, needed(filter, grouping), filter.metrics).has_value();
}

Result<KpiGroups> read_sums(Connection& db, const KpiFilter& filter, KpiGrouping grouping) {
    KpiGroups sums;
    const sla::CutFields fields = needed(filter, grouping);
    if (!sums_tell(filter, grouping) || (filter.units && filter.units->empty())) return sums;
    const auto parts = stretches(filter, grouping, fields);
    QueryText sql;
    sql.add("SELECT ").add(column(grouping)).add(" AS g, metric, ");
    sql.add(amount(filter, parts, fields))
        .add(" FROM rollup WHERE ")
        .add(rows_of(filter, parts, fields));
    if (filter.division) sql.add(" AND division=?", {*filter.division});
    if (filter.official) sql.add(" AND official_id=?", {filter.official.value});
    if (filter.channel) sql.add(" AND channel=?", {static_cast<int>(*filter.channel)});
    if (filter.type) sql.add(" AND type=?", {static_cast<int>(*filter.type)});
    if (filter.topic) sql.add(" AND topic=?", {*filter.topic});
    if (filter.hour) sql.add(" AND hour=?", {static_cast<int>(*filter.hour)});
    if (filter.weekday) sql.add(" AND WEEKDAY(day)=?", {static_cast<int>(*filter.weekday) - 1});
    if (!filter.metrics.empty()) {
        std::vector<Param> metrics;
        for (const auto metric : filter.metrics) metrics.emplace_back(static_cast<int>(metric));
        sql.add(" AND ").add(QueryText::in("metric", std::move(metrics)));
    }
    if (filter.units) {
        std::vector<Param> units;
        for (const auto unit : *filter.units) units.emplace_back(unit.value);
        sql.add(" AND ").add(QueryText::in("unit_id", std::move(units)));
    }
    sql.add(" GROUP BY metric, g");
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
    for (const State state : states_in_hand) states.emplace_back(static_cast<int>(state));
    QueryText sql;
    sql.add(
        "SELECT division, COALESCE(lead_unit_id,0) AS desk, COUNT(*), "
        "SUM(state IN (?,?,?) AND handle_due_at<?), SUM(state=?) FROM ticket WHERE ",
        {static_cast<int>(State::dispatched),
         static_cast<int>(State::handling),
         static_cast<int>(State::return_pending),
         now,
         static_cast<int>(State::suspended)}
    );
    sql.add(QueryText::in("state", std::move(states)));
    sql.add(" AND type<>?", {static_cast<int>(ticketing::AppealType::praise)});
    sql.add(" GROUP BY division, desk");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::map<DeskKey, WorkInHand> desks;
    for (const Row row : *rows) {
        desks[{row.string(0), row.unsigned_integer(1)}] = {
            row.integer(2), row.integer(3), row.integer(4)
        };
    }
    return desks;
}

}  // namespace hotline::mysql
