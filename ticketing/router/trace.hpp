#pragma once

#include "ticketing/router/decision.hpp"

#include <string>

namespace hotline::ticketing {

// The Chinese sentence of one reason.
std::string sentence(const RouteReason& reason);

// The decision as JSON text, stored with the ticket and shown to people: {"official","reasons":
// [{"rule":"R5","code","text"}],"units":[{"id","name","score","outcome"}],"officials":[…],
// "suggestions":[…]}. Names of officials are in it: mask it as the ticket is masked.
std::string render_trace(const RouteDecision& decision, const Directory& directory);

}  // namespace hotline::ticketing
