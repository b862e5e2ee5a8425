#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::ticketing::effects {

using sla::ClockKind;

namespace {

// The guards of the watcher's acts (clock_waits, step_due) have found it.
sla::Clock& clock_meant(Ticket& ticket, const ActRequest& request) {
    return *open_clock(ticket, request.clock, request.generation);
}

}  // namespace

void urge(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ++ticket.urge_count;
    ticket.urged_at = s.now;
}

// T28: the sheet wants a reply of the unit that has the ticket; where the centre has it there is
// nobody to answer.
void supervise(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.supervise_level = request.level;
    const bool with_unit = ticket.state == State::dispatched || ticket.state == State::handling ||
                           ticket.state == State::suspended || ticket.state == State::mediating;
    if (!with_unit) return;
    if (request.answer_by) {
        start_clock(ticket, ClockKind::supervision, until_end_of(*request.answer_by, s), s);
    } else {
        start_clock(ticket, ClockKind::supervision, s);
    }
}

void answer_supervision(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::supervision, s.now);
}

void yellow_card(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    clock_meant(ticket, request).warned_at = s.now;
}

// S17: L3 and L4 are the supervision's levels 3 and 4.
void escalate(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    sla::Clock& clock = clock_meant(ticket, request);
    const auto step = static_cast<sla::AlarmStep>(clock.escalate_to);
    ticket.supervise_level = std::max(ticket.supervise_level, static_cast<int>(step));
    const sla::Policy& policy = policy_for(ticket, clock, s);
    clock = sla::with_next_step(clock, policy, calendar_for(ticket, clock, s), step);
}

void overdue(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    sla::Clock& clock = clock_meant(ticket, request);
    const sla::Calendar& calendar = calendar_for(ticket, clock, s);
    const sla::Policy& policy = policy_for(ticket, clock, s);
    auto fired = sla::fire(clock, s.now).value_or(clock);
    clock = sla::with_next_step(std::move(fired), policy, calendar, sla::AlarmStep::red);
    // L2 督办 comes with the red card.
    if (request.clock == ClockKind::handle && ticket.supervise_level < 2)
        ticket.supervise_level = 2;
}

}  // namespace hotline::ticketing::effects
