#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/router/decision.hpp"

#include <string>

namespace hotline::ticketing {

// The Chinese sentence of one reason.
std::string sentence(const RouteReason& reason);

// The decision as JSON text, stored with the ticket and shown to people; the shape is `Route` of
// server/api/openapi.yaml plus "units" and "suggestions": {"reasons":[{"rule","code","text"}],
// "candidates":[{"official_id","name","score","text"}],"units":[{"id","name","score","text"}],
// "suggestions":[{"kind","code","confidence"}],"suggested":{…}}. "suggested" is what `cues` read in
// the text, left out without them. Names of officials are in it: mask it as the ticket is masked.
std::string render_trace(
    const RouteDecision& decision, const Directory& directory, const Cues* cues = nullptr
);

}  // namespace hotline::ticketing
