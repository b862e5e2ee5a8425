#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

namespace hotline::ticketing::effects {

using sla::ClockKind;

// T38: what the units owe stands still meanwhile, as a court's limit does while it has a case
// mediated.
void refer_to_mediation(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    const auto mediator = next_mediator(ticket, s.directory);
    Mediation& mediation = ticket.mediations.emplace_back();
    mediation.level = mediator->level;
    mediation.unit = mediator->unit;
    mediation.round = ticket.round;
    mediation.started_at = s.now;
    charge(ticket, mediator->unit);
    ticket.extension_pending = false;
    cancel_clock(ticket, ClockKind::return_window, s.now);
    pause_unit_clocks(ticket, s.now);
    start_clock(ticket, ClockKind::mediation, s);
}

// T39: whatever came of it, the unit goes on; an agreement is the basis of its result.
void conclude_mediation(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    Mediation& mediation = ticket.mediations.back();
    mediation.ended_at = s.now;
    mediation.outcome = request.mediation_outcome;
    mediation.words = request.result_text;
    if (request.mediation_outcome == MediationOutcome::agreed) {
        mediation.keeper = request.keeper;
        mediation.keep_by = request.keep_by;
    }
    stop_clock(ticket, ClockKind::mediation, s.now);
    resume_unit_clocks(ticket, s);
}

}  // namespace hotline::ticketing::effects
