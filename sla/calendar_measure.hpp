#pragma once

#include "sla/local_time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hotline::sla {

// The days a calendar can tell of.
inline constexpr LocalDay first_known_day{std::chrono::year{1} / std::chrono::January / 1};
inline constexpr LocalDay last_known_day{std::chrono::year{9999} / std::chrono::December / 31};

// How much of something lies before a date: working days, or milliseconds of office time. Every
// weekday has its amount, single dates have their own. Both questions, how much and on which day,
// are answered by arithmetic over the plain week and one binary search over the exceptions; nothing
// is allocated after construction.
class CalendarMeasure {
public:
    using Week = std::array<std::int64_t, 7>;  // Monday first, ≥ 0

    struct Exception {
        LocalDay day;
        std::int64_t amount;  // ≥ 0, instead of its weekday's
    };

    struct Place {
        LocalDay day;
        std::int64_t rest;  // how much of the day's amount lies before the position

        bool operator==(const Place&) const = default;
    };

    CalendarMeasure() = default;
    // `exceptions` sorted by day, no day twice.
    CalendarMeasure(const Week& week, const std::vector<Exception>& exceptions);

    // Amount of all days before `day`, counted from an arbitrary Monday; negative before that one.
    std::int64_t before(LocalDay day) const;
    // The day in which the measure passes from `position` to `position` + 1. Nothing when that
    // never comes, or not between first_known_day and last_known_day.
    std::optional<Place> at(std::int64_t position) const;

private:
    struct Step {
        LocalDay day;
        std::int64_t amount;
        std::int64_t before;  // of the whole measure
        std::int64_t excess;  // over the plain week, up to and including the day
    };

    std::int64_t plain_before(LocalDay day) const;
    std::optional<Place> plain_at(std::int64_t position) const;

    std::array<std::int64_t, 8> weekday_starts_{};  // amount of the week before each weekday, total
    std::vector<Step> steps_;
};

}  // namespace hotline::sla
