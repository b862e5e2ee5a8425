#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

std::uint16_t generations(const Ticket& ticket, sla::ClockKind kind) {
    return static_cast<std::uint16_t>(std::ranges::count(ticket.clocks, kind, &sla::Clock::kind));
}

// A redo has the limits of a redo where the policy names any; the centre's own clocks, which it
// names once, run in every round.
sla::Round limits_for(const Ticket& ticket, sla::ClockKind kind, const sla::Policy& policy) {
    const sla::Round round = round_of(ticket);
    const bool named = sla::find_row(policy, grading(ticket), kind, round) != nullptr;
    return named ? round : sla::Round::first;
}

}  // namespace

const sla::Clock* open_clock(const Ticket& ticket, sla::ClockKind kind) {
    const auto found = std::ranges::find_if(ticket.clocks, [kind](const sla::Clock& clock) {
        return clock.kind == kind && sla::is_open(clock);
    });
    return found == ticket.clocks.end() ? nullptr : &*found;
}

sla::Clock* open_clock(Ticket& ticket, sla::ClockKind kind) {
    return const_cast<sla::Clock*>(open_clock(std::as_const(ticket), kind));
}

sla::Grading grading(const Ticket& ticket) {
    return {ticket.type, ticket.urgency, ticket.complexity};
}

sla::Round round_of(const Ticket& ticket) {
    return ticket.round > 1 ? sla::Round::redo : sla::Round::first;
}

const sla::Calendar& calendar_for(
    const Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings
) {
    using enum sla::ClockKind;
    switch (kind) {
        case sign_for:
        case return_window:
        case first_contact:
        case feedback:
        case handle:
            return surroundings.calendar_of(ticket.lead_unit);
        default:
            return surroundings.calendar;
    }
}

void start_clock(Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings) {
    cancel_clock(ticket, kind, surroundings.now);
    const sla::Calendar& calendar = calendar_for(ticket, kind, surroundings);
    auto clock = sla::start_by_policy(
        surroundings.policy,
        grading(ticket),
        kind,
        surroundings.now,
        calendar,
        limits_for(ticket, kind, surroundings.policy)
    );
    if (!clock) return;
    clock->generation = static_cast<std::uint16_t>(generations(ticket, kind) + 1);
    ticket.clocks.push_back(std::move(*clock));
}

void stop_clock(Ticket& ticket, sla::ClockKind kind, Instant at) {
    sla::Clock* clock = open_clock(ticket, kind);
    if (clock == nullptr) return;
    if (auto stopped = sla::stop(*clock, at)) *clock = std::move(*stopped);
}

void cancel_clock(Ticket& ticket, sla::ClockKind kind, Instant at) {
    sla::Clock* clock = open_clock(ticket, kind);
    if (clock == nullptr) return;
    if (auto cancelled = sla::cancel(*clock, at)) *clock = std::move(*cancelled);
}

void cancel_all_clocks(Ticket& ticket, Instant at) {
    for (sla::Clock& clock : ticket.clocks) {
        if (!sla::is_open(clock)) continue;
        if (auto cancelled = sla::cancel(clock, at)) clock = std::move(*cancelled);
    }
}

const sla::Clock* next_clock(const Ticket& ticket) {
    const sla::Clock* next = nullptr;
    for (const sla::Clock& clock : ticket.clocks) {
        // The return window is an opportunity, not a duty: nobody is late when it closes.
        if (clock.kind == sla::ClockKind::return_window || !sla::is_open(clock)) continue;
        if (next == nullptr || clock.due_at < next->due_at) next = &clock;
    }
    return next;
}

}  // namespace hotline::ticketing
