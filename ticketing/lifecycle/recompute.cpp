#include "ticketing/lifecycle/recompute.hpp"

#include "sla/alarm.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>
#include <optional>

namespace hotline::ticketing {
namespace {

using sla::ClockKind;
using sla::ClockState;
using Fate = DueShift::Fate;

// Clocks whose length the policy sets. The others end on a day somebody named, or share what is
// left of another clock.
bool set_by_policy(ClockKind kind) {
    using enum ClockKind;
    return kind == sign_for || kind == return_window || kind == first_contact || kind == feedback ||
           kind == handle || kind == dispatch || kind == review || kind == callback ||
           kind == ruling || kind == entry || kind == mediation;
}

// An extension is counted in the unit of its limit: an extended clock keeps a limit of that unit.
sla::Limit limit_by(
    const sla::Policy& policy,
    const Ticket& ticket,
    const sla::Clock& clock,
    const sla::Calendar& calendar
) {
    const auto limit = sla::limit_for(
        policy,
        grading(ticket),
        clock.kind,
        limits_for(ticket, clock.kind, policy),
        clock.started_at,
        calendar
    );
    const bool kept = !limit || (!clock.extensions.empty() && limit->unit != clock.limit.unit);
    return kept ? clock.limit : *limit;
}

sla::Clock reckoned(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& s, Limits limits
) {
    const sla::Policy& policy = policy_for(ticket, clock.kind, s);
    const sla::Calendar& calendar = calendar_for(ticket, clock, s);
    sla::Clock next = clock;
    if (limits == Limits::by_policy) {
        next.limit = limit_by(policy, ticket, clock, calendar);
        next.policy_version = policy.version;
    }
    next = sla::reckon_anew(std::move(next), calendar);
    next = sla::with_warning(
        std::move(next), policy, grading(ticket), calendar, limits_for(ticket, clock.kind, policy)
    );
    // The day it was late by was none: what it owes is not late any more.
    if (next.state == ClockState::fired && next.due_at > s.now) {
        next.state = ClockState::running;
        next.fired_at.reset();
        next.escalate_at.reset();
        next.escalate_to = 0;
    }
    return next;
}

std::optional<DueShift> shift_of(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& s, Limits limits
) {
    if (!sla::is_open(clock) || !set_by_policy(clock.kind)) return std::nullopt;
    const bool same_policy = limits == Limits::kept || clock.policy_version == s.policy.version;
    if (same_policy && clock.calendar_version == s.calendar.version()) return std::nullopt;
    const sla::Clock next = reckoned(ticket, clock, s, limits);
    const bool same_date = next.due_at == clock.due_at;
    if (same_date && next.limit == clock.limit) {
        if (next.beyond_known_calendar == clock.beyond_known_calendar) return std::nullopt;
        return DueShift{clock, next, Fate::settles};
    }
    // Nobody is made late by a rule that came afterwards (S43).
    const bool past = next.due_at < clock.due_at && next.due_at <= s.now;
    return DueShift{clock, next, past ? Fate::stays : Fate::moves};
}

}  // namespace

std::vector<DueShift> due_shifts(
    const Ticket& ticket, const Surroundings& surroundings, Limits limits
) {
    std::vector<DueShift> shifts;
    for (const sla::Clock& clock : ticket.clocks) {
        auto shift = shift_of(ticket, clock, surroundings, limits);
        if (shift) shifts.push_back(std::move(*shift));
    }
    return shifts;
}

namespace {

std::vector<DueShift> asked_for(
    const Ticket& ticket, const ActRequest& request, const Surroundings& s
) {
    return due_shifts(ticket, s, request.keep_limits ? Limits::kept : Limits::by_policy);
}

}  // namespace

namespace guards {

bool some_due_moves(const GuardInput& in) {
    const auto shifts = asked_for(in.ticket, in.request, in.surroundings);
    return std::ranges::any_of(shifts, [](const DueShift& shift) {
        return shift.fate != Fate::stays;
    });
}

bool handling_due_moves(const GuardInput& in) {
    const auto shifts = asked_for(in.ticket, in.request, in.surroundings);
    return std::ranges::any_of(shifts, [](const DueShift& shift) {
        return shift.before.kind == ClockKind::handle && shift.fate == Fate::moves &&
               shift.before.due_at != shift.after.due_at;
    });
}

}  // namespace guards

namespace effects {

void recompute(Ticket& ticket, const ActRequest& request, const Surroundings& surroundings) {
    for (const DueShift& shift : asked_for(ticket, request, surroundings)) {
        if (shift.fate == Fate::stays) continue;
        *open_clock(ticket, shift.before.kind) = shift.after;
    }
}

}  // namespace effects

}  // namespace hotline::ticketing
