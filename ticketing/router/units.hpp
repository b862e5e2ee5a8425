#pragma once

#include "ticketing/router/decision.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/router/misroutes.hpp"

#include <string_view>

namespace hotline::ticketing::routing {

// R5, R7, R16, R17: the function that holds the power, and the exception's word, the industry, the
// model's reading or the unit asked that moved it.
struct Power {
    std::string_view function;
    std::string_view exception;  // the word found, or empty
    std::string_view industry;   // GB/T 4754 section used, or empty
    const LearnedHint* read = nullptr;
    const Unit* asked = nullptr;
};
Power power_over(const Matter& matter, const Duty& duty, const Enterprise* enterprise);

// R6: where the power lies. Empty members do not apply.
struct Jurisdiction {
    std::string_view zone;
    std::string_view county;
    bool by_registration = false;  // the matter's place is unknown
};
Jurisdiction jurisdiction_of(
    const Matter& matter, const Enterprise* enterprise, const Directory& directory
);

// The unit for a function there: zone, county, city, as the duty allows; null when none has it.
const Unit* unit_there(
    std::string_view function,
    const Jurisdiction& where,
    const Duty& duty,
    const Directory& directory
);

// Fills decision.lead, level, units and the reasons R3, R5 to R7, R9, R11, R13 and R17.
void choose_lead(
    const Matter& matter,
    const Duty& duty,
    const Enterprise* enterprise,
    const Directory& directory,
    const Misroutes& misroutes,
    RouteDecision& decision
);

// R8: fills co_units.
void choose_co_units(
    const Matter& matter,
    const Duty& duty,
    const Enterprise* enterprise,
    const Directory& directory,
    RouteDecision& decision
);

// R3: the unit complained about, what is below it, and its counterparts at a lower level.
bool in_conflict(const Matter& matter, const Unit& unit, const Directory& directory);

bool refused(const Matter& matter, UnitId unit);

}  // namespace hotline::ticketing::routing
