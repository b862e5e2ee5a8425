#pragma once

#include "sla/calendar.hpp"
#include "sla/clock.hpp"

#include <string>
#include <vector>

namespace hotline::sla {

// Consecutive days under one name of a notice, first ≤ d ≤ last.
struct DayRun {
    LocalDay first;
    LocalDay last;
    std::string name;

    bool operator==(const DayRun&) const = default;
};

// Everything a due date rests on, so that it can be explained to a unit or an enterprise (S15).
struct Derivation {
    Limit limit;
    Instant started_at;
    Instant due_at;
    std::vector<DayRun> days_off;  // of notices, skipped on the way; empty for natural limits
    std::vector<DayRun> make_up;   // weekend days worked in exchange, counted on the way
    int weekend_days = 0;          // plain Saturdays and Sundays skipped
    std::vector<Pause> pauses;
    std::vector<Extension> extensions;
    std::uint32_t reckoned_with = 0;   // calendar version the date was given with
    std::uint32_t explained_with = 0;  // calendar version of this explanation
    std::uint32_t policy_version = 0;
    bool beyond_known_calendar = false;

    bool operator==(const Derivation&) const = default;
};

Derivation derive(const Clock& clock, const Calendar& calendar);

// One short paragraph each, times in China's local time, UTF-8.
std::string explain_zh(const Derivation& derivation);
std::string explain_en(const Derivation& derivation);

}  // namespace hotline::sla
