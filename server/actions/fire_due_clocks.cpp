#include "server/actions/fire_due_clocks.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/clock_row.hpp"
#include "integrations/mysql/clock_store.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decide.hpp"

#include <optional>

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
        const auto at = mysql::next_fire(clock);
        if (!at || *at > now || (first && first->since <= *at)) continue;
        const bool warning = clock.warn_at && !clock.warned_at;
        // At the instant itself it is still in time.
        if (!warning && *at == now) continue;
        first = Owed{act_owed(clock, warning), clock.kind, clock.generation, *at};
    }
    return first;
}

Result<void> give_cards(
    mysql::Connection& db,
    const mysql::StoredTicket& stored,
    const City& city,
    ticketing::Instant now,
    Sweep& sweep
) {
    ticketing::Ticket ticket = stored.ticket;
    std::vector<ticketing::Event> events;
    while (const auto owed = first_owed(ticket, now)) {
        ticketing::ActRequest request;
        request.act = owed->act;
        request.actor = {.role = ticketing::Role::system, .name = "系统"};
        request.clock = owed->clock;
        request.generation = owed->generation;
        auto decision = decide(ticket, request, city.at(now));
        if (!decision) break;  // not open any more: nobody owes anything
        decision->event.seq = stored.last_seq + static_cast<std::uint32_t>(events.size()) + 1;
        seal(decision->event, events.empty() ? stored.last_hash : events.back().hash, crypto::sm3);
        events.push_back(std::move(decision->event));
        ticket = std::move(decision->after);
        sweep.lags.push_back(now - owed->since);
    }
    if (events.empty())
        return mysql::forget_due(db, stored.ticket.id, now - std::chrono::minutes(1));
    return mysql::store_ticket(db, stored, ticket, events);
}

}  // namespace

Result<Sweep> fire_due_clocks(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
) {
    const auto due = mysql::due_tickets(db, now, limit);
    if (!due) return std::unexpected(due.error());
    const auto locked = mysql::lock_free_tickets(db, *due);
    if (!locked) return std::unexpected(locked.error());
    Sweep sweep{.due = due->size()};
    for (const ticketing::TicketId id : *locked) {
        const auto stored = mysql::lock_ticket(db, id);
        if (!stored) return std::unexpected(stored.error());
        if (!*stored) continue;
        if (auto done = give_cards(db, **stored, city, now, sweep); !done) {
            return std::unexpected(done.error());
        }
    }
    return sweep;
}

}  // namespace hotline::actions
