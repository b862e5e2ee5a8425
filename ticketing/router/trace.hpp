#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/router/decision.hpp"

#include <string>

namespace hotline::ticketing {

struct Sentence {
    std::string zh;
    std::string en;
};

// One reason in words.
Sentence sentence(const RouteReason& reason);

// The decision as JSON text, stored with the ticket and shown to people; the shape is `Route` of
// server/api/openapi.yaml. "suggested" is what `cues` read in the text, left out without them.
// Names of officials are in it: mask it as the ticket is masked.
std::string render_trace(
    const RouteDecision& decision, const Directory& directory, const Cues* cues = nullptr
);

}  // namespace hotline::ticketing
