#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/lifecycle/act_request.hpp"
#include "ticketing/lifecycle/decision.hpp"
#include "ticketing/lifecycle/surroundings.hpp"

#include <vector>

namespace hotline::ticketing {

// The one function that changes tickets. Refusals:
//   not_allowed_in_state  the act has no transition from this state (detail: "state:<name>")
//   forbidden             it has, but not for this role, or not for a unit that does not answer for
//                         the ticket (A4)
//   guard_failed          a guard refused (detail: the guard's name)
// Whether the actor may see the ticket at all is permissions' question and comes before.
Result<Decision> decide(
    const Ticket& ticket, const ActRequest& request, const Surroundings& surroundings
);

// The acts this role could try now, in the order of the rules: those with a transition from the
// ticket's state whose guards on the ticket (not on the form still to be filled in) hold.
std::vector<Act> allowed_acts(
    const Ticket& ticket, const Actor& actor, const Surroundings& surroundings
);

// T1: the first event of a ticket that has just been accepted: its clocks are started here too.
Decision open_ticket(Ticket ticket, const Actor& actor, const Surroundings& surroundings);

}  // namespace hotline::ticketing
