#include "server/actions/fire_due_clocks.hpp"

#include "integrations/mysql/clock_store.hpp"
#include "server/actions/course.hpp"
#include "sla/alarm.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace hotline::actions {
namespace {

using sla::ClockKind;
using ticketing::Act;

// A card that is owed: which act, for which clock, since when.
struct Owed {
    Act act;
    ClockKind clock;
    std::uint16_t generation;
    ticketing::Instant since;
};

Act act_when_due(ClockKind kind) {
    if (kind == ClockKind::sign_for) return Act::sign_overdue;
    if (kind == ClockKind::archive) return Act::archive;
    return kind == ClockKind::handle ? Act::red_card : Act::clock_overdue;
}

Act act_owed(const sla::Clock& clock, bool warning) {
    if (clock.state == sla::ClockState::fired) return Act::escalate;
    return warning ? Act::yellow_card : act_when_due(clock.kind);
}

// The earliest card owed, or nothing. Asked again after each card: a yellow one may be followed by
// a red one in the same sweep when the watcher was away.
std::optional<Owed> first_owed(const ticketing::Ticket& ticket, ticketing::Instant now) {
    std::optional<Owed> first;
    for (const sla::Clock& clock : ticket.clocks) {
        const auto at = sla::next_alarm_at(clock);
        if (!at || *at > now || (first && first->since <= *at)) continue;
        const bool warning = clock.warn_at && !clock.warned_at;
        // At the instant itself it is still in time.
        if (!warning && *at == now) continue;
        first = Owed{act_owed(clock, warning), clock.kind, clock.generation, *at};
    }
    return first;
}

// All cards that are owed now, one after the other.
void give_cards(Course& course, const City& city, ticketing::Instant now, Sweep& sweep) {
    while (const auto owed = first_owed(course.ticket(), now)) {
        ticketing::ActRequest request;
        request.act = owed->act;
        request.actor = {.role = ticketing::Role::system, .name = "系统"};
        request.clock = owed->clock;
        request.generation = owed->generation;
        auto decision = decide(course.ticket(), request, city.at(now));
        if (!decision) break;  // not open any more: nobody owes anything
        course.take(std::move(*decision));
        sweep.lags.push_back(now - owed->since);
    }
}

}  // namespace

Result<Sweep> fire_due_clocks(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
) {
    const auto due = mysql::lock_due_tickets(db, now, limit);
    if (!due) return std::unexpected(due.error());
    Sweep sweep{.due = due->size()};
    std::vector<mysql::MovedTicket> moved;
    for (const mysql::StoredTicket& stored : *due) {
        Course course(stored);
        give_cards(course, city, now, sweep);
        if (!course.empty()) {
            moved.push_back(std::move(course).moved());
            continue;
        }
        const auto forgotten = mysql::forget_due(
            db,
            stored.ticket.id,
            now - std::chrono::minutes(1),
            ticketing::next_alarm_at(stored.ticket, now)
        );
        if (!forgotten) return std::unexpected(forgotten.error());
    }
    if (auto done = mysql::store_tickets(db, moved); !done) return std::unexpected(done.error());
    return sweep;
}

}  // namespace hotline::actions
