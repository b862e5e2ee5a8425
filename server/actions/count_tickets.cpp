#include "server/actions/count_tickets.hpp"

#include "ticketing/facts_text.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::Connection;
using mysql::KpiFilter;
using mysql::Source;
using sla::Metric;

constexpr std::size_t sources_at_once = 2'000;

Result<std::vector<sla::Contribution>> counted_by(const Source& source) {
    const auto facts = ticketing::facts_from(source.facts);
    if (!facts) {
        const std::string id = std::to_string(source.place.ticket.value);
        return fail(ErrorCode::internal, "unreadable facts of ticket id " + id);
    }
    return sla::contributions(*facts);
}

// A source stands for one month; what the ticket adds to others comes with theirs.
bool in_month(const Source& source, sla::LocalDay day) {
    return sla::first_of_month(day) == source.place.month;
}

std::uint64_t bits_of(const std::vector<Metric>& metrics) {
    std::uint64_t bits = 0;
    for (const Metric metric : metrics) bits |= sla::bit_of(metric);
    return bits;
}

Result<mysql::KpiGroups> count_one_by_one(
    Connection& db, const KpiFilter& filter, mysql::KpiGrouping grouping
) {
    mysql::SourceRange range{.from = filter.from, .to = filter.to};
    if (!filter.metrics.empty()) range.metrics = bits_of(filter.metrics);
    const auto many = mysql::count_sources(db, range, counted_one_by_one + 1);
    if (!many) return std::unexpected(many.error());
    if (*many > counted_one_by_one) return fail_field("to", ErrorCode::too_long);
    mysql::KpiGroups groups;
    for (;;) {
        const auto sources = mysql::list_sources(db, range, sources_at_once);
        if (!sources) return std::unexpected(sources.error());
        for (const Source& source : *sources) {
            const auto made = counted_by(source);
            if (!made) return std::unexpected(made.error());
            for (const auto& [counter, amount] : *made) {
                if (!in_month(source, counter.day) || !takes(filter, counter)) continue;
                groups[sla::group_of(grouping, counter)].counts[counter.metric] += amount;
            }
        }
        if (sources->size() < sources_at_once) return groups;
        range.after = sources->back().place;
    }
}

bool has(const std::vector<Metric>& metrics, Metric metric) {
    return std::ranges::find(metrics, metric) != metrics.end();
}

template <class T>
void each_once(std::vector<T>& values) {
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
}

// What a source adds to the sum asked for.
Result<Case> case_of(const Source& source, const CasesAsked& asked) {
    const auto made = counted_by(source);
    if (!made) return std::unexpected(made.error());
    Case found{.place = source.place};
    for (const auto& [counter, amount] : *made) {
        if (!in_month(source, counter.day) || !takes(asked.filter, counter)) continue;
        if (has(asked.minus, counter.metric)) found.times -= amount;
        if (!has(asked.plus, counter.metric)) continue;
        found.times += amount;
        found.days.push_back(counter.day);
        found.units.push_back(counter.unit);
    }
    each_once(found.units);
    each_once(found.days);
    return found;
}

}  // namespace

std::int64_t times_among(std::span<const sla::Contribution> made, const CasesAsked& asked) {
    std::int64_t times = 0;
    for (const auto& [counter, amount] : made) {
        if (!takes(asked.filter, counter)) continue;
        if (has(asked.plus, counter.metric)) times += amount;
        if (has(asked.minus, counter.metric)) times -= amount;
    }
    return times;
}

Result<mysql::KpiGroups> count_groups(
    Connection& db, const KpiFilter& filter, mysql::KpiGrouping grouping
) {
    if (filter.units && filter.units->empty()) return mysql::KpiGroups{};
    if (mysql::sums_tell(filter, grouping)) return mysql::read_sums(db, filter, grouping);
    return count_one_by_one(db, filter, grouping);
}

Result<CasePage> list_cases(Connection& db, const CasesAsked& asked) {
    CasePage found;
    mysql::SourceRange range{
        .from = asked.filter.from,
        .to = asked.filter.to,
        .metrics = bits_of(asked.plus),
        .unmet = asked.unmet,
        .after = asked.after
    };
    for (;;) {
        const auto sources = mysql::list_sources(db, range, sources_at_once);
        if (!sources) return std::unexpected(sources.error());
        for (const Source& source : *sources) {
            auto made = case_of(source, asked);
            if (!made) return std::unexpected(made.error());
            if (made->times <= 0) continue;
            if (found.cases.size() == asked.limit) {
                found.next = found.cases.back().place;
                return found;
            }
            found.cases.push_back(std::move(*made));
        }
        if (sources->size() < sources_at_once) return found;
        range.after = sources->back().place;
    }
}

Result<std::int64_t> count_cases(Connection& db, const CasesAsked& asked) {
    KpiFilter filter = asked.filter;
    filter.metrics = asked.plus;
    filter.metrics.insert(filter.metrics.end(), asked.minus.begin(), asked.minus.end());
    const auto groups = count_groups(db, filter, mysql::KpiGrouping::none);
    if (!groups) return std::unexpected(groups.error());
    std::int64_t sum = 0;
    for (const auto& [key, sums] : *groups) {
        for (const Metric metric : asked.plus) sum += sums.of(metric);
        for (const Metric metric : asked.minus) sum -= sums.of(metric);
    }
    return sum;
}

}  // namespace hotline::actions
