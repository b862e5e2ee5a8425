#include "ticketing/lifecycle/urging.hpp"

#include "sla/local_time.hpp"

#include <algorithm>

namespace hotline::ticketing {

// The first time is free on any day; after it every working day allows one.
Instant urge_from(const Ticket& ticket, const sla::Calendar& calendar, Instant now) {
    if (!ticket.urged_at) return now;
    const sla::LocalDay today = sla::local_day(now);
    sla::LocalDay day = std::max(today, sla::local_day(*ticket.urged_at) + std::chrono::days{1});
    while (!calendar.is_workday(day)) day += std::chrono::days{1};
    return day == today ? now : sla::at_local(day, {});
}

}  // namespace hotline::ticketing
