#pragma once

#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/router/decision.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/router/misroutes.hpp"

namespace hotline::ticketing {

// Who gets it, and why: rules R1 to R15 of README.md. Pure and deterministic: the same matter,
// directory, loads and misroutes give the same decision; equals are settled by the lower id.
// `enterprise` may be null. `surroundings`: the time and the units' hours for R15; null asks nobody
// who is on duty.
RouteDecision route(
    const Matter& matter,
    const Enterprise* enterprise,
    const Directory& directory,
    const Loads& loads,
    const Misroutes& misroutes = {},
    const Surroundings* surroundings = nullptr
);

// R12: nobody fits, or it may have to be declined or asked back: a person decides before it leaves
// the centre.
bool waits_for_dispatcher(const RouteDecision& decision);

}  // namespace hotline::ticketing
