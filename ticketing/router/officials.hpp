#pragma once

#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/router/decision.hpp"
#include "ticketing/router/matter.hpp"

namespace hotline::ticketing::routing {

// R4: the card's official (or the one who brought the matter) follows it. Null when there is none
// who may.
const Official* choose_owner(
    const Matter& matter,
    const Enterprise* enterprise,
    const Directory& directory,
    RouteDecision& decision
);

// R4, R10: the owner when his own unit leads, else his deputy there, else the least loaded of the
// lead unit. Fills official and officials.
void choose_official(
    const Matter& matter,
    const Duty& duty,
    const Official* owner,
    const Directory& directory,
    const Loads& loads,
    RouteDecision& decision
);

// R15: outside the lead unit's office hours an urgent matter goes to who is on duty there. False:
// it is none, or nobody is.
bool choose_on_duty(
    const Matter& matter,
    const Surroundings& surroundings,
    const Loads& loads,
    RouteDecision& decision
);

// Whether the topic or its department's function is among the official's duties.
bool covers(const Official& official, const Duty& duty);

// R10: share of the desk that is taken, plus overdue tickets, less for having solved this firm's
// matters before. The lower the better.
double score_of(const Official& official, const Load& load, bool solved_before);

}  // namespace hotline::ticketing::routing
