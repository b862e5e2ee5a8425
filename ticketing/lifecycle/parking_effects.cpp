#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

namespace hotline::ticketing::effects {

using sla::ClockKind;

sla::Limit until_end_of(sla::LocalDay day, const Surroundings& s) {
    if (!s.calendar.is_workday(day)) day = s.calendar.add_workdays(day, 1).day;
    const auto wait = std::chrono::ceil<std::chrono::minutes>(s.calendar.closing(day) - s.now);
    return sla::natural_minutes(static_cast<std::int32_t>(wait.count()));
}

// T18. Asked again for a parked ticket it only sets the next date to look at the cause.
void suspend(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    if (!ticket.suspended_at) {
        ticket.suspended_at = s.now;
        ++ticket.suspend_count;
        ticket.extension_pending = false;
        cancel_clock(ticket, ClockKind::return_window, s.now);
        pause_unit_clocks(ticket, s.now);
    }
    ticket.suspend_reason = request.reason_code;
    stop_clock(ticket, ClockKind::suspension, s.now);
    start_clock(ticket, ClockKind::suspension, until_end_of(*request.review_on, s), s);
}

void resume(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::suspension, s.now);
    resume_unit_clocks(ticket, s);
    ticket.suspended_at.reset();
    ticket.suspend_reason.clear();
}

}  // namespace hotline::ticketing::effects
