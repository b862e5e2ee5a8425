#pragma once

#include "sla/calendar.hpp"
#include "sla/clock.hpp"
#include "sla/policy.hpp"

#include <optional>
#include <vector>

namespace hotline::sla {

// One step of the ladder of a clock and when it is taken.
struct Alarm {
    AlarmStep step = AlarmStep::yellow;
    Instant at;
    bool beyond_known_calendar = false;

    bool operator==(const Alarm&) const = default;
};

// When the yellow card of the clock is given; never before its start nor after its due (S16).
DueInstant warning_instant(const Clock& clock, const Warning& warning, const Calendar& calendar);

// All steps of the clock by policy, in order of time. None for a clock that is stopped, cancelled
// or paused: such a clock escalates no further. Yellow is taken from clock.warn_at.
std::vector<Alarm> alarms_for(const Clock& clock, const Policy& policy, const Calendar& calendar);

// When the watcher must look at the clock next: its warning, its due date, the steps of the ladder
// after it, then never. The return window is nobody's lateness and is never watched.
std::optional<Instant> next_alarm_at(const Clock& clock);

// Starts the clock the policy asks for, with its warning instant and versions set; nothing when
// tickets of this grading have no such clock. A later round takes the limits of a redo (S12).
std::optional<Clock> start_by_policy(
    const Policy& policy,
    const Grading& grading,
    ClockKind kind,
    Instant at,
    const Calendar& calendar,
    Round round = Round::first
);

// `clock` with the next step of the ladder above `taken` in escalate_at and escalate_to; without
// one when the ladder is climbed.
Clock with_next_step(Clock clock, const Policy& policy, const Calendar& calendar, AlarmStep taken);

// `clock` with its warning instant reckoned anew: call it after extend() or resume(). A yellow
// card already given stays given, the next one comes at the new instant.
Clock with_warning(
    Clock clock,
    const Policy& policy,
    const Grading& grading,
    const Calendar& calendar,
    Round round = Round::first
);

}  // namespace hotline::sla
