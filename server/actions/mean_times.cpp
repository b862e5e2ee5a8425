#include "server/actions/mean_times.hpp"

#include "integrations/mysql/source_store.hpp"
#include "ticketing/facts_text.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

constexpr std::size_t measured_at_once = 2'000;

bool closing_counts(const mysql::KpiFilter& filter, const sla::TicketFacts& facts) {
    return std::ranges::any_of(sla::contributions(facts), [&](const auto& made) {
        return made.key.metric == sla::Metric::closed && takes(filter, made.key);
    });
}

void measure(TimesTaken& into, const sla::TicketFacts& facts, const sla::Calendar& calendar) {
    const sla::Assignment& last = facts.assignments.back();
    const auto since = [&](sla::Instant at) {
        return std::max(
            std::chrono::milliseconds{}, calendar.working_time_between(last.dispatched_at, at)
        );
    };
    if (last.signed_at) {
        ++into.signatures;
        into.to_sign += since(*last.signed_at);
    }
    if (facts.submitted_at) {
        ++into.results;
        into.to_resolve += since(*facts.submitted_at);
    }
}

}  // namespace

Result<TimesByDesk> mean_times(
    mysql::Connection& db,
    const mysql::KpiFilter& filter,
    bool by_official,
    const sla::Calendar& calendar
) {
    mysql::SourceRange range{
        .from = filter.from, .to = filter.to, .metrics = sla::bit_of(sla::Metric::closed)
    };
    const auto many = mysql::count_sources(db, range, measured_at_most + 1);
    if (!many) return std::unexpected(many.error());
    if (*many > measured_at_most) return TimesByDesk{};
    std::map<std::uint64_t, TimesTaken> times;
    for (;;) {
        const auto sources = mysql::list_sources(db, range, measured_at_once);
        if (!sources) return std::unexpected(sources.error());
        for (const mysql::Source& source : *sources) {
            const auto facts = ticketing::facts_from(source.facts);
            if (!facts || !closing_counts(filter, *facts)) continue;
            const auto desk =
                by_official ? sla::official_in_charge(*facts) : sla::unit_in_charge(*facts);
            measure(times[desk], *facts, calendar);
        }
        if (sources->size() < measured_at_once) return TimesByDesk{std::move(times)};
        range.after = sources->back().place;
    }
}

}  // namespace hotline::actions
