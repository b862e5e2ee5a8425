#pragma once

#include "sla/calendar.hpp"
#include "sla/local_time.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace hotline::sla {

// S46: bands of age in whole days, the last one open. A ticket's age is the days after that of its
// acceptance up to today: working days where its handling limit counts those, all days where it
// runs around the clock.
inline constexpr std::array<int, 6> last_day_of_band{1, 3, 5, 10, 15, 30};
inline constexpr std::size_t age_bands = last_day_of_band.size() + 1;

// A band by days of acceptance.
struct AgeDays {
    std::optional<LocalDay> from;  // nothing: any day before `to`
    LocalDay to;

    bool operator==(const AgeDays&) const = default;
};
AgeDays days_of_band(std::size_t band, bool natural, LocalDay today, const Calendar& calendar);

// What was accepted before the n-th bound is older than the n-th band.
struct AgeBounds {
    std::array<Instant, last_day_of_band.size()> natural;
    std::array<Instant, last_day_of_band.size()> working;
};
AgeBounds age_bounds(LocalDay today, const Calendar& calendar);

}  // namespace hotline::sla
