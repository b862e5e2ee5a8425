#pragma once

#include "sla/calendar.hpp"
#include "sla/limit.hpp"
#include "sla/local_time.hpp"
#include "sla/names.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

namespace hotline::sla {

// What is being waited for. Numbers are persisted: never change or reuse one.
enum class ClockKind : std::uint8_t {
    sign_for = 1,       // 签收: the unit takes the ticket
    return_window = 2,  // 退单: after it the unit may no longer return the ticket
    first_contact = 3,  // 先行联系
    feedback = 4,       // 阶段反馈: first word on urgent matters
    handle = 5,         // 办理, from dispatch to the submission that stands; generation > 1: 重办
    dispatch = 6,       // 派单, by the centre
    review = 7,         // 审核, by the centre
    callback = 8,       // 回访, by the centre
    ruling = 9,         // 退单审核: the centre's word on a return
    entry = 10,         // 人工补录: the centre completes a stub
    suspension = 11,    // 挂账复核: the supervisor looks whether the cause still stands
    archive = 12,       // 归档: nobody is late; the ticket is put away
    co_unit = 13,       // 协办: every co-unit's opinion, before the lead's own limit
    supervision = 14,   // 督办单: the unit's reply
    milestone = 15,     // 节点: of a hard case's plan; its number is the generation
    mediation = 16,     // 调解, by the unit that mediates
};

constexpr auto names_of(ClockKind) {
    return NameTable<ClockKind, 16>{{
        {ClockKind::sign_for, "sign_for"},
        {ClockKind::return_window, "return_window"},
        {ClockKind::first_contact, "first_contact"},
        {ClockKind::feedback, "feedback"},
        {ClockKind::handle, "handle"},
        {ClockKind::dispatch, "dispatch"},
        {ClockKind::review, "review"},
        {ClockKind::callback, "callback"},
        {ClockKind::ruling, "ruling"},
        {ClockKind::entry, "entry"},
        {ClockKind::suspension, "suspension"},
        {ClockKind::archive, "archive"},
        {ClockKind::co_unit, "co_unit"},
        {ClockKind::supervision, "supervision"},
        {ClockKind::milestone, "milestone"},
        {ClockKind::mediation, "mediation"},
    }};
}

// Numbers are persisted: never change or reuse one.
enum class ClockState : std::uint8_t {
    running = 1,
    stopped = 2,    // what was waited for came, in time or late
    fired = 3,      // ran out; still waited for, lateness grows
    cancelled = 4,  // no longer waited for (merged, withdrawn, returned): never late
    paused = 5,     // suspended by decision (挂账)
};

constexpr auto names_of(ClockState) {
    return NameTable<ClockState, 5>{{
        {ClockState::running, "running"},
        {ClockState::stopped, "stopped"},
        {ClockState::fired, "fired"},
        {ClockState::cancelled, "cancelled"},
        {ClockState::paused, "paused"},
    }};
}

constexpr std::string_view name(ClockKind value) {
    return word_of(value);
}
constexpr std::string_view name(ClockState value) {
    return word_of(value);
}

struct Pause {
    Instant from;
    std::optional<Instant> until;  // nothing while it lasts

    bool operator==(const Pause&) const = default;
};

struct Extension {
    Instant at;     // when it was granted
    Limit granted;  // same unit as the clock's limit

    bool operator==(const Extension&) const = default;
};

// A deadline with all that explains it. A value: the functions below give the next value and
// never read the time. `due_at` is a fact once given: neither a new calendar nor a new policy
// moves it by itself (S15).
struct Clock {
    ClockKind kind = ClockKind::handle;
    std::uint16_t generation = 1;  // 1, 2 …: the same kind started again on the same ticket
    ClockState state = ClockState::running;
    Limit limit;
    Instant started_at;
    Instant due_at;
    std::optional<Instant> warn_at;      // yellow card; nothing = none is given
    std::optional<Instant> warned_at;    // when the yellow card was given
    std::optional<Instant> fired_at;     // when the watcher found it overdue
    std::optional<Instant> stopped_at;   // end of the waiting: stopped or cancelled
    std::optional<Instant> escalate_at;  // the next step of the ladder after the red card (S17)
    std::uint8_t escalate_to = 0;        // AlarmStep it leads to; 0 when there is none
    std::vector<Pause> pauses;
    std::vector<Extension> extensions;
    std::uint32_t calendar_version = 0;
    std::uint32_t policy_version = 0;
    bool beyond_known_calendar = false;  // reckoned through a year without notice (S6)

    bool operator==(const Clock&) const = default;
};

// Why a clock refuses.
enum class ClockError {
    not_running,    // already stopped or cancelled, or paused where a running clock is needed
    not_paused,     // resume without pause
    not_due,        // fire before the due instant
    unit_mismatch,  // an extension counted otherwise than the limit
};

// When a limit that begins at `at` ends.
DueInstant due_after(Limit limit, Instant at, const Calendar& calendar);

Clock start(ClockKind kind, Limit limit, Instant at, const Calendar& calendar);

// What was waited for came at `at` (never before the start: an earlier instant counts as the
// start).
std::expected<Clock, ClockError> stop(Clock clock, Instant at);
std::expected<Clock, ClockError> cancel(Clock clock, Instant at);
// The watcher found the clock overdue at `now`.
std::expected<Clock, ClockError> fire(Clock clock, Instant now);
// Parks the clock / lets it run on; the due date moves by the time parked (S14). Time parked after
// the due instant does not heal lateness.
std::expected<Clock, ClockError> pause(Clock clock, Instant at);
std::expected<Clock, ClockError> resume(Clock clock, Instant at, const Calendar& calendar);
// Moves the due date by `granted`, counted from the due date in force (S13).
std::expected<Clock, ClockError> extend(
    Clock clock, Limit granted, Instant at, const Calendar& calendar
);

// The clock as it would stand had it been reckoned with `calendar` from the start: the way to mend
// a flagged due date after a notice has come out (S6).
Clock reckon_anew(Clock clock, const Calendar& calendar);

// Limit plus all extensions.
Limit total_limit(const Clock& clock);
// Waiting goes on: running, fired or paused.
bool is_open(const Clock& clock);
// How long after its due instant the clock was stopped, or stands at `now`; never negative.
// At the due instant itself it is in time. A cancelled clock is never late.
std::chrono::milliseconds late_by(const Clock& clock, Instant now);
inline bool is_late(const Clock& clock, Instant now) {
    return late_by(clock, now).count() > 0;
}
// Time until due, not below zero; a paused clock keeps what it had when parked.
std::chrono::milliseconds left(const Clock& clock, Instant now);

}  // namespace hotline::sla
