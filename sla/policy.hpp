#pragma once

#include "sla/clock.hpp"
#include "sla/grading.hpp"
#include "sla/limit.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::sla {

// A ticket handled again after a bad survey has limits of its own (S12).
enum class Round : std::uint8_t { first = 1, redo = 2 };

constexpr auto names_of(Round) {
    return NameTable<Round, 2>{{{Round::first, "first"}, {Round::redo, "redo"}}};
}

// When the yellow card is given (S16): with `percent_left` of the limit left, for limits of two
// working days or more at least `working_days_before` working days before the due date.
struct Warning {
    std::int32_t percent_left = 20;
    std::int32_t working_days_before = 1;

    bool operator==(const Warning&) const = default;
};

// One line of the policy table. What is left open matches everything; the first matching line
// of a table counts, so special lines stand before general ones.
struct PolicyRow {
    ClockKind kind = ClockKind::handle;
    Round round = Round::first;
    std::optional<Urgency> urgency;
    std::optional<Complexity> complexity;
    std::optional<AppealType> type;
    std::optional<Limit> limit;           // nothing: no such clock for these tickets
    std::optional<Limit> outside_office;  // used instead when the clock starts outside office hours
    std::optional<Warning> warning;       // nothing: no yellow card
    std::string unit;                     // code of the unit it is for; "": every unit (S42)

    bool operator==(const PolicyRow&) const = default;
};

// How often and how far a handling limit may be extended (S13). First match counts.
struct ExtensionRow {
    std::optional<Urgency> urgency;
    std::optional<Complexity> complexity;
    std::optional<AppealType> type;
    std::int32_t max_count = 0;
    std::int32_t max_total_days = 0;  // working days over all extensions
    std::string unit;

    bool operator==(const ExtensionRow&) const = default;
};

// Steps of the ladder. Numbers are persisted: never change or reuse one.
enum class AlarmStep : std::uint8_t {
    yellow = 1,   // L1: yellow card, reminder to the unit's clerk (催办)
    red = 2,      // L2: red card, supervision of the unit's leader (督办)
    level_3 = 3,  // L3: the city's supervision office
    level_4 = 4,  // L4: leaders, public bulletin
};

constexpr auto names_of(AlarmStep) {
    return NameTable<AlarmStep, 4>{{
        {AlarmStep::yellow, "yellow"},
        {AlarmStep::red, "red"},
        {AlarmStep::level_3, "level_3"},
        {AlarmStep::level_4, "level_4"},
    }};
}

constexpr std::string_view name(AlarmStep value) {
    return word_of(value);
}

// A step of the ladder for one kind of clock: at the warning, at due, or working days after (S17).
struct EscalationRow {
    ClockKind kind = ClockKind::handle;
    AlarmStep step = AlarmStep::red;
    std::int32_t working_days_after = 0;  // counted from the due date; level_3 and level_4 only
    std::string unit;

    bool operator==(const EscalationRow&) const = default;
};

// A versioned set of limits. A value: whoever decides gets the one in force passed in.
struct Policy {
    std::uint32_t version = 1;
    std::vector<PolicyRow> limits;
    std::vector<ExtensionRow> extensions;
    std::vector<EscalationRow> escalation;
    std::int32_t max_redos = 2;                       // then a hard case (S12)
    std::chrono::minutes extension_cut_off{17 * 60};  // local time of the due day (S13)
    std::int32_t callback_attempts = 3;               // on this many …
    std::int32_t callback_days = 2;                   // … different days (S19)
    std::int32_t reopen_days = 7;                     // natural days after closing
    std::int32_t archive_days = 30;                   // natural days after closing

    bool operator==(const Policy&) const = default;
};

// Version 1, the limits the line starts with (S11). Cities differ; an administrator may replace it.
Policy default_policy();

// What of the policy holds for one unit: the lines that name it or a unit above it and those that
// name none, in their order, as lines for everybody (S42). `codes`: the unit's own and those above
// it; without any, what holds where no unit has the ticket.
Policy for_unit(const Policy& whole, std::span<const std::string_view> codes);

// The units that lines of the policy name, each once, in the order of their codes.
std::vector<std::string> units_named(const Policy& whole);

// The line that decides, or nullptr where the policy says nothing. Here and below lines of single
// units do not count: for_unit() brings them in.
const PolicyRow* find_row(
    const Policy& policy, const Grading& grading, ClockKind kind, Round round = Round::first
);

// The limit of a clock that begins at `at`; nothing when such tickets have no such clock.
std::optional<Limit> limit_for(
    const Policy& policy,
    const Grading& grading,
    ClockKind kind,
    Round round,
    Instant at,
    const Calendar& calendar
);

// What may be extended; {0, 0} where the policy says nothing.
ExtensionRow extension_for(const Policy& policy, const Grading& grading);

// Until when an extension of a clock due at `due_at` may be asked: the cut-off hour of the due
// date, or the due instant itself when that comes first (S13).
Instant extension_deadline(const Policy& policy, Instant due_at);

enum class PolicyError {
    no_handling_limit,  // some type × urgency × complexity has no way to become due
    bad_amount,         // a limit, count or number of days below zero, zero or beyond ten years
    bad_warning,        // percentage outside 0–100 or days below zero
};

// A policy that may be put in force: for every unit each grading except praise has a handling limit
// in both rounds, and all numbers make sense.
std::expected<void, PolicyError> check(const Policy& policy);

}  // namespace hotline::sla
