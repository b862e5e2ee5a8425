#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

namespace hotline::ticketing::effects {

using sla::ClockKind;

void ask_co_units(Ticket& ticket, const Surroundings& s) {
    const sla::Clock* asked = open_clock(ticket, ClockKind::co_unit);
    if (asked != nullptr && s.now <= asked->due_at) return;
    stop_clock(ticket, ClockKind::co_unit, s.now);
    const sla::Clock* lead = open_clock(ticket, ClockKind::handle);
    const sla::Policy& policy = policy_for(ticket, ClockKind::co_unit, s);
    const auto limit = sla::limit_for(
        policy, grading(ticket), ClockKind::co_unit, sla::Round::first, s.now, s.calendar
    );
    if (lead == nullptr || !limit || lead->due_at <= s.now) return;
    if (sla::due_after(*limit, s.now, s.calendar).at < lead->due_at) {
        start_clock(ticket, ClockKind::co_unit, s);
        return;
    }
    const auto half = std::chrono::duration_cast<std::chrono::minutes>(lead->due_at - s.now) / 2;
    const auto minutes = sla::natural_minutes(static_cast<std::int32_t>(half.count()));
    start_clock(ticket, ClockKind::co_unit, minutes, s);
}

void add_co_unit(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.co_units.push_back(request.unit);
    ticket.complexity = Complexity::complex;
    ask_co_units(ticket, s);
}

void answer_co_unit(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.co_answered.push_back(*asked_co_unit(ticket, request.actor, s.directory));
    const bool all = ticket.co_answered.size() == ticket.co_units.size();
    if (all) stop_clock(ticket, ClockKind::co_unit, s.now);
}

}  // namespace hotline::ticketing::effects
