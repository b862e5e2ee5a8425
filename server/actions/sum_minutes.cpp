#include "server/actions/sum_minutes.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "integrations/mysql/source_store.hpp"
#include "server/actions/logs.hpp"
#include "ticketing/facts_text.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace hotline::actions {
namespace {

using mysql::Connection;
using ticketing::Event;
using ticketing::TicketId;

constexpr std::size_t lives_at_once = 500;

// A closing counts in one month only, so every ticket comes once.
bool closed_within(const mysql::KpiFilter& filter, const mysql::Source& source) {
    const auto facts = ticketing::facts_from(source.facts);
    return facts && std::ranges::any_of(sla::contributions(*facts), [&](const auto& made) {
               return made.key.metric == sla::Metric::closed && takes(filter, made.key);
           });
}

Result<void> add_ledgers(
    Connection& db,
    const std::vector<TicketId>& tickets,
    const ticketing::Surroundings& around,
    MinuteSums& sums
) {
    const auto events = mysql::read_events(db, tickets);
    if (!events) return std::unexpected(events.error());
    for_each_log(*events, [&](std::span<const Event> log) {
        const auto ledger = ticketing::minute_ledger(log, around);
        if (!ledger) return;  // `check` tells of a log that cannot be read
        ++sums.tickets;
        sums.life += ledger->life;
        for (const auto& line : ledger->lines) sums.lines[{line.party, line.unit}] += line.time;
    });
    return {};
}

}  // namespace

Result<MinuteSums> sum_minutes(
    Connection& db, const mysql::KpiFilter& filter, const City& city, ticketing::Instant now
) {
    mysql::SourceRange range{
        .from = filter.from, .to = filter.to, .metrics = sla::bit_of(sla::Metric::closed)
    };
    const auto many = mysql::count_sources(db, range, ledgers_at_most + 1);
    if (!many) return std::unexpected(many.error());
    if (*many > ledgers_at_most) return fail_field("to", ErrorCode::too_long);
    MinuteSums sums;
    for (;;) {
        const auto sources = mysql::list_sources(db, range, lives_at_once);
        if (!sources) return std::unexpected(sources.error());
        std::vector<TicketId> closed;
        for (const mysql::Source& source : *sources) {
            if (closed_within(filter, source)) closed.push_back(source.place.ticket);
        }
        if (auto done = add_ledgers(db, closed, city.at(now), sums); !done) {
            return std::unexpected(done.error());
        }
        if (sources->size() < lives_at_once) return sums;
        range.after = sources->back().place;
    }
}

}  // namespace hotline::actions
