#include "sla/calendar_measure.hpp"

#include <algorithm>

namespace hotline::sla {

namespace {

using std::chrono::days;

constexpr LocalDay origin{std::chrono::year{1970} / std::chrono::January / 5};  // a Monday

// Rounded down, also below zero.
std::int64_t quotient(std::int64_t value, std::int64_t divisor) {
    const std::int64_t result = value / divisor;
    return value % divisor < 0 ? result - 1 : result;
}

}  // namespace

CalendarMeasure::CalendarMeasure(const Week& week, const std::vector<Exception>& exceptions) {
    for (std::size_t i = 0; i < week.size(); ++i) {
        weekday_starts_[i + 1] = weekday_starts_[i] + week[i];
    }
    steps_.reserve(exceptions.size());
    std::int64_t excess = 0;
    for (const auto& [day, amount] : exceptions) {
        const std::int64_t before = plain_before(day) + excess;
        excess += amount - week[std::chrono::weekday{day}.iso_encoding() - 1];
        steps_.push_back({day, amount, before, excess});
    }
}

std::int64_t CalendarMeasure::plain_before(LocalDay day) const {
    const std::int64_t offset = (day - origin).count();
    const std::int64_t week = quotient(offset, 7);
    return week * weekday_starts_[7] + weekday_starts_[static_cast<std::size_t>(offset - week * 7)];
}

std::int64_t CalendarMeasure::before(LocalDay day) const {
    const auto next = std::ranges::lower_bound(steps_, day, {}, &Step::day);
    return plain_before(day) + (next == steps_.begin() ? 0 : std::prev(next)->excess);
}

std::optional<CalendarMeasure::Place> CalendarMeasure::at(std::int64_t position) const {
    // Days of amount 0 share their position with the next; the last of them is the one to go on
    // from.
    const auto next = std::ranges::upper_bound(steps_, position, {}, &Step::before);
    if (next == steps_.begin()) return plain_at(position);
    const Step& step = *std::prev(next);
    if (position - step.before < step.amount) return Place{step.day, position - step.before};
    return plain_at(position - step.excess);
}

std::optional<CalendarMeasure::Place> CalendarMeasure::plain_at(std::int64_t position) const {
    const std::int64_t whole = weekday_starts_[7];
    if (whole == 0) return std::nullopt;
    const std::int64_t week = quotient(position, whole);
    if (week < quotient((first_known_day - origin).count(), 7) ||
        week > quotient((last_known_day - origin).count(), 7)) {
        return std::nullopt;
    }
    const std::int64_t rest = position - week * whole;
    std::size_t weekday = 6;
    while (weekday_starts_[weekday] > rest) --weekday;
    const LocalDay day = origin + days{week * 7 + static_cast<std::int64_t>(weekday)};
    // The year 1 begins on a Monday, the year 9999 ends on a Friday.
    if (day > last_known_day) return std::nullopt;
    return Place{day, rest - weekday_starts_[weekday]};
}

}  // namespace hotline::sla
