#include "sla/alarm.hpp"

#include <algorithm>
#include <utility>

namespace hotline::sla {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

milliseconds part_left(milliseconds whole, const Warning& warning) {
    return whole * warning.percent_left / 100;
}

// Whole days, rounded up in favour of the earlier warning: a fifth of 12 days is 3 days.
int days_left(int days, const Warning& warning) {
    const int share = (days * warning.percent_left + 99) / 100;
    return std::min(std::max(share, warning.working_days_before), days - 1);
}

DueInstant days_warning(
    const Clock& clock, int days, const Warning& warning, const Calendar& calendar
) {
    if (days < 2) {
        const auto whole = calendar.working_time_between(clock.started_at, clock.due_at);
        return calendar.add_working_time(clock.due_at, -part_left(whole, warning));
    }
    const auto moved = calendar.add_workdays(local_day(clock.due_at), -days_left(days, warning));
    return {at_local(moved.day, time_of_day(clock.due_at)), moved.beyond_known_calendar};
}

DueInstant unbounded_warning(const Clock& clock, const Warning& warning, const Calendar& calendar) {
    const Limit total = total_limit(clock);
    switch (total.unit) {
        case LimitUnit::natural_minutes:
            return {clock.due_at - part_left(minutes{total.amount}, warning), false};
        case LimitUnit::working_minutes:
            return calendar.add_working_time(
                clock.due_at, -part_left(minutes{total.amount}, warning)
            );
        case LimitUnit::working_days:
            break;
    }
    return days_warning(clock, total.amount, warning, calendar);
}

Alarm alarm_of(const Clock& clock, const EscalationRow& row, const Calendar& calendar) {
    if (row.step == AlarmStep::yellow) {
        return {row.step, clock.warn_at.value_or(clock.due_at), clock.beyond_known_calendar};
    }
    if (row.working_days_after == 0) return {row.step, clock.due_at, clock.beyond_known_calendar};
    const auto at = calendar.due_after_workdays(clock.due_at, row.working_days_after);
    return {row.step, at.at, at.beyond_known_calendar || clock.beyond_known_calendar};
}

}  // namespace

DueInstant warning_instant(const Clock& clock, const Warning& warning, const Calendar& calendar) {
    auto at = unbounded_warning(clock, warning, calendar);
    at.at = std::clamp(at.at, std::min(clock.started_at, clock.due_at), clock.due_at);
    return at;
}

std::vector<Alarm> alarms_for(const Clock& clock, const Policy& policy, const Calendar& calendar) {
    std::vector<Alarm> alarms;
    if (!is_open(clock) || clock.state == ClockState::paused) return alarms;
    for (const auto& row : policy.escalation) {
        if (row.kind != clock.kind || !row.unit.empty()) continue;
        if (row.step == AlarmStep::yellow && !clock.warn_at) continue;
        alarms.push_back(alarm_of(clock, row, calendar));
    }
    std::ranges::sort(alarms, {}, [](const Alarm& alarm) {
        return std::pair{alarm.at, alarm.step};
    });
    return alarms;
}

Clock with_next_step(Clock clock, const Policy& policy, const Calendar& calendar, AlarmStep taken) {
    clock.escalate_at.reset();
    clock.escalate_to = 0;
    for (const Alarm& alarm : alarms_for(clock, policy, calendar)) {
        if (alarm.step <= taken || clock.escalate_at) continue;
        clock.escalate_at = alarm.at;
        clock.escalate_to = static_cast<std::uint8_t>(alarm.step);
    }
    return clock;
}

std::optional<Instant> next_alarm_at(const Clock& clock) {
    if (clock.kind == ClockKind::return_window) return std::nullopt;
    if (clock.state == ClockState::fired) return clock.escalate_at;
    if (clock.state != ClockState::running) return std::nullopt;
    if (clock.warn_at && !clock.warned_at) return clock.warn_at;
    return clock.due_at;
}

std::optional<Clock> start_by_policy(
    const Policy& policy,
    const Grading& grading,
    ClockKind kind,
    Instant at,
    const Calendar& calendar,
    Round round
) {
    const auto limit = limit_for(policy, grading, kind, round, at, calendar);
    if (!limit) return std::nullopt;
    auto clock = start(kind, *limit, at, calendar);
    clock.policy_version = policy.version;
    return with_warning(std::move(clock), policy, grading, calendar, round);
}

Clock with_warning(
    Clock clock, const Policy& policy, const Grading& grading, const Calendar& calendar, Round round
) {
    const auto* row = find_row(policy, grading, clock.kind, round);
    clock.warn_at.reset();
    if (row == nullptr || !row->warning) return clock;
    clock.warn_at = warning_instant(clock, *row->warning, calendar).at;
    return clock;
}

}  // namespace hotline::sla
