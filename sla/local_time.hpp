#pragma once

#include <chrono>

// China keeps one time zone without daylight saving: local time is UTC plus eight hours (rule S1).
// Instants are always UTC; a LocalDay is a calendar date in China and cannot be mixed up with one.
namespace hotline::sla {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using LocalDay = std::chrono::local_days;
using TimeOfDay = std::chrono::milliseconds;  // since local midnight

inline constexpr std::chrono::hours china_offset{8};

// The date in China at `at`.
constexpr LocalDay local_day(Instant at) {
    return LocalDay{std::chrono::floor<std::chrono::days>(at.time_since_epoch() + china_offset)};
}

// Time since midnight in China at `at`; 0 ≤ result < 24 h.
constexpr TimeOfDay time_of_day(Instant at) {
    return at.time_since_epoch() + china_offset - local_day(at).time_since_epoch();
}

// The instant at which clocks in China show `time` on `day`.
constexpr Instant at_local(LocalDay day, TimeOfDay time) {
    return Instant{day.time_since_epoch() - china_offset + time};
}

// Monday to Friday by the plain week, before any notice is applied.
constexpr bool is_weekday(LocalDay day) {
    return std::chrono::weekday{day}.iso_encoding() <= 5;
}

constexpr std::chrono::year year_of(LocalDay day) {
    return std::chrono::year_month_day{day}.year();
}

}  // namespace hotline::sla
