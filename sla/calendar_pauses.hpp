#pragma once

#include "sla/calendar.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace hotline::sla {

// A stretch of time in which no office time counts, from ≤ t < to (S32). One that ends before it
// begins is empty.
struct Span {
    Instant from;
    Instant to;

    bool operator==(const Span&) const = default;
};

// The same stretches in order, joined where they touch or overlap, without empty ones.
std::vector<Span> joined(std::vector<Span> spans);

// Calendar::find_end and Calendar::working_time_between as if the office were closed during
// `pauses`, which must be joined().
std::optional<Instant> find_end(
    const Calendar& calendar,
    Instant at,
    std::chrono::milliseconds amount,
    const std::vector<Span>& pauses
);
// 0 when `to` lies before `from`.
std::chrono::milliseconds working_time_between(
    const Calendar& calendar, Instant from, Instant to, const std::vector<Span>& pauses
);

}  // namespace hotline::sla
