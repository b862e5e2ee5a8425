#pragma once

#include "sla/alarm.hpp"
#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>

namespace hotline::ticketing {

// The open (running, fired or paused) clock of a kind, or null. At most one is open at a time, but
// for milestones: of those `generation` names one.
const sla::Clock* open_clock(
    const Ticket& ticket,
    sla::ClockKind kind,
    std::optional<std::uint16_t> generation = std::nullopt
);
sla::Clock* open_clock(
    Ticket& ticket, sla::ClockKind kind, std::optional<std::uint16_t> generation = std::nullopt
);

// What limits depend on.
sla::Grading grading(const Ticket& ticket);
// A later round takes the limits of a redo.
sla::Round round_of(const Ticket& ticket);

// A redo has the limits of a redo where the policy names any; the centre's own clocks, which it
// names once, run in every round.
sla::Round limits_for(const Ticket& ticket, sla::ClockKind kind, const sla::Policy& policy);

// The calendar a clock of the ticket runs by: the lead unit's for what the unit owes, the usual one
// for the centre, that of the unit which has the milestone or the mediation for those (S33).
const sla::Calendar& calendar_for(
    const Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings
);
const sla::Calendar& calendar_for(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& surroundings
);

// The limit the policy has for this ticket and kind, for a clock that begins at `from`.
std::optional<sla::Limit> limit_of(
    const Ticket& ticket, sla::ClockKind kind, Instant from, const Surroundings& surroundings
);

// The limits it has, likewise (S42).
const sla::Policy& policy_for(
    const Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings
);
const sla::Policy& policy_for(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& surroundings
);

// Starts the clock the policy has for this ticket and kind, as the next generation; nothing when
// the policy sets no limit. An open clock of the kind is cancelled first.
void start_clock(Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings);

// The same with a limit that somebody chose, or that stands elsewhere in the policy.
void start_clock(
    Ticket& ticket, sla::ClockKind kind, sla::Limit limit, const Surroundings& surroundings
);

// Starts the clock of the newest milestone beside those of the others; it ends when the offices of
// its unit close on its day (T36).
void start_milestone_clock(Ticket& ticket, const Surroundings& surroundings);

// Parks what the units owe, and lets it run on; due dates and warnings move by the time parked
// (S14).
void pause_unit_clocks(Ticket& ticket, Instant at);
void resume_unit_clocks(Ticket& ticket, const Surroundings& surroundings);

// What was waited for came. Nothing when no such clock is open.
void stop_clock(Ticket& ticket, sla::ClockKind kind, Instant at);
void cancel_clock(Ticket& ticket, sla::ClockKind kind, Instant at);
void cancel_all_clocks(Ticket& ticket, Instant at);

// The co-unit an actor may give the opinion of: his own or one below it, asked and not heard yet.
std::optional<UnitId> asked_co_unit(
    const Ticket& ticket, const Actor& actor, const Directory& directory
);

// T36: what is still open of the plan is no longer waited for.
void cancel_milestones(Ticket& ticket, Instant at);

// The open handling clock, else the last one; null when there was none.
const sla::Clock* handling_clock(const Ticket& ticket);

// The due date lists sort by: that of the handling clock (a submitted ticket still shows whether it
// was in time).
std::optional<Instant> handling_due(const Ticket& ticket);

// The clock that runs out next, or null when none is running.
const sla::Clock* next_clock(const Ticket& ticket);

// When the watcher must look at the ticket next: the earliest alarm of its clocks, or the earliest
// later than `after`.
std::optional<Instant> next_alarm_at(const Ticket& ticket, Instant after = Instant::min());

}  // namespace hotline::ticketing
