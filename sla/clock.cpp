#include "sla/clock.hpp"

#include <algorithm>
#include <utility>

namespace hotline::sla {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

bool is_counting(const Clock& clock) {
    return clock.state == ClockState::running || clock.state == ClockState::fired;
}

std::optional<Instant> running_pause(const Clock& clock) {
    if (clock.state != ClockState::paused || clock.pauses.empty()) return std::nullopt;
    return clock.pauses.back().from;
}

// Where a limit of days ends when its last day moves: with that day's office hours, which may be
// others (S29). One that stays on its day stays as it was given (S15).
DueInstant end_of(DueDay moved, Instant due, const Calendar& calendar) {
    const bool stays = moved.day == local_day(due);
    return {stays ? due : calendar.closing(moved.day), moved.beyond_known_calendar};
}

// A working-day clock moves by the working days after the day of the pause up to and including the
// day it runs on; one parked on its last day gets at least the day it runs on (S14).
DueInstant day_due_after_pause(Instant due, const Pause& pause, const Calendar& calendar) {
    const LocalDay from = local_day(pause.from);
    const LocalDay until = local_day(*pause.until);
    const auto lost = static_cast<int>(calendar.workdays_between(from, until));
    auto moved = calendar.add_workdays(local_day(due), lost);
    if (from < until && moved.day < until) moved = calendar.add_workdays(until, 1);
    return end_of(moved, due, calendar);
}

DueInstant due_after_pause(
    LimitUnit unit, Instant due, const Pause& pause, const Calendar& calendar
) {
    if (pause.from >= due) return {due, false};
    switch (unit) {
        case LimitUnit::natural_minutes:
            return {due + (*pause.until - pause.from), false};
        case LimitUnit::working_minutes:
            return calendar.add_working_time(
                due, calendar.working_time_between(pause.from, *pause.until)
            );
        case LimitUnit::working_days:
            break;
    }
    return day_due_after_pause(due, pause, calendar);
}

// An extension is counted from the due date in force, not from the day it was granted (S13).
DueInstant due_after_extension(Limit granted, Instant due, const Calendar& calendar) {
    if (granted.unit != LimitUnit::working_days) return due_after(granted, due, calendar);
    const auto moved = calendar.add_workdays(local_day(due), granted.amount);
    return end_of(moved, due, calendar);
}

void move_due(Clock& clock, DueInstant due) {
    clock.due_at = due.at;
    clock.beyond_known_calendar = clock.beyond_known_calendar || due.beyond_known_calendar;
}

void end_pause(Clock& clock, Instant at) {
    if (running_pause(clock)) clock.pauses.back().until = std::max(at, clock.pauses.back().from);
}

std::expected<Clock, ClockError> end(Clock clock, Instant at, ClockState state) {
    if (!is_open(clock)) return std::unexpected(ClockError::not_running);
    clock.stopped_at = std::max(at, clock.started_at);
    end_pause(clock, *clock.stopped_at);
    clock.state = state;
    return clock;
}

}  // namespace

DueInstant due_after(Limit limit, Instant at, const Calendar& calendar) {
    switch (limit.unit) {
        case LimitUnit::natural_minutes:
            return {at + minutes{limit.amount}, false};
        case LimitUnit::working_minutes:
            return calendar.add_working_time(at, minutes{limit.amount});
        case LimitUnit::working_days:
            break;
    }
    return calendar.due_after_workdays(at, limit.amount);
}

Clock start(ClockKind kind, Limit limit, Instant at, const Calendar& calendar) {
    const auto due = due_after(limit, at, calendar);
    Clock clock;
    clock.kind = kind;
    clock.limit = limit;
    clock.started_at = at;
    clock.due_at = due.at;
    clock.beyond_known_calendar = due.beyond_known_calendar;
    clock.calendar_version = calendar.version();
    return clock;
}

std::expected<Clock, ClockError> stop(Clock clock, Instant at) {
    return end(std::move(clock), at, ClockState::stopped);
}

std::expected<Clock, ClockError> cancel(Clock clock, Instant at) {
    return end(std::move(clock), at, ClockState::cancelled);
}

std::expected<Clock, ClockError> fire(Clock clock, Instant now) {
    if (clock.state != ClockState::running) return std::unexpected(ClockError::not_running);
    if (now < clock.due_at) return std::unexpected(ClockError::not_due);
    clock.state = ClockState::fired;
    clock.fired_at = now;
    return clock;
}

std::expected<Clock, ClockError> pause(Clock clock, Instant at) {
    if (!is_counting(clock)) return std::unexpected(ClockError::not_running);
    clock.pauses.push_back({std::max(at, clock.started_at), std::nullopt});
    clock.state = ClockState::paused;
    return clock;
}

std::expected<Clock, ClockError> resume(Clock clock, Instant at, const Calendar& calendar) {
    if (!running_pause(clock)) return std::unexpected(ClockError::not_paused);
    end_pause(clock, at);
    move_due(clock, due_after_pause(clock.limit.unit, clock.due_at, clock.pauses.back(), calendar));
    clock.state = clock.fired_at ? ClockState::fired : ClockState::running;
    return clock;
}

std::expected<Clock, ClockError> extend(
    Clock clock, Limit granted, Instant at, const Calendar& calendar
) {
    if (clock.state != ClockState::running) return std::unexpected(ClockError::not_running);
    if (granted.unit != clock.limit.unit) return std::unexpected(ClockError::unit_mismatch);
    clock.extensions.push_back({at, granted});
    move_due(clock, due_after_extension(granted, clock.due_at, calendar));
    return clock;
}

Clock reckon_anew(Clock clock, const Calendar& calendar) {
    const auto due = due_after(clock.limit, clock.started_at, calendar);
    clock.due_at = due.at;
    clock.beyond_known_calendar = due.beyond_known_calendar;
    clock.calendar_version = calendar.version();
    auto pause = clock.pauses.begin();
    const auto apply_pauses_until = [&](std::optional<Instant> limit) {
        for (; pause != clock.pauses.end() && pause->until; ++pause) {
            if (limit && *pause->until > *limit) return;
            move_due(clock, due_after_pause(clock.limit.unit, clock.due_at, *pause, calendar));
        }
    };
    for (const auto& extension : clock.extensions) {
        apply_pauses_until(extension.at);
        move_due(clock, due_after_extension(extension.granted, clock.due_at, calendar));
    }
    apply_pauses_until(std::nullopt);
    return clock;
}

Limit total_limit(const Clock& clock) {
    Limit total = clock.limit;
    for (const auto& extension : clock.extensions) total.amount += extension.granted.amount;
    return total;
}

bool is_open(const Clock& clock) {
    return is_counting(clock) || clock.state == ClockState::paused;
}

milliseconds late_by(const Clock& clock, Instant now) {
    if (clock.state == ClockState::cancelled) return milliseconds{0};
    const auto parked = running_pause(clock);
    const Instant until = clock.stopped_at ? *clock.stopped_at : parked.value_or(now);
    return std::max(milliseconds{0}, until - clock.due_at);
}

milliseconds left(const Clock& clock, Instant now) {
    if (!is_open(clock)) return milliseconds{0};
    return std::max(milliseconds{0}, clock.due_at - running_pause(clock).value_or(now));
}

}  // namespace hotline::sla
