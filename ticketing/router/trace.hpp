#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/router/decision.hpp"

#include <span>
#include <string>
#include <string_view>

namespace hotline::ticketing {

struct Sentence {
    std::string zh;
    std::string en;
};

// A reason by its code, completed with its inputs. An unknown code (of an older version) tells
// itself.
Sentence sentence(std::string_view code, std::span<const std::string> inputs);

// What became of a candidate, in a word or two.
Sentence outcome_word(std::string_view outcome);

// The decision as JSON text, stored with the ticket in few bytes:
// {"reasons":[{"rule","code","inputs"}],"candidates":[{"official_id","name","score","outcome"}],
// "units":[{"id","name","score","outcome"}],"suggestions":[{"kind","code","confidence"}],
// "suggested":{…}}. "suggested" is what `cues` read in the text, with what models said under
// "learned", left out without them. It is told in words when it is shown. Names of officials are in
// it: mask it as the ticket is masked.
std::string render_trace(
    const RouteDecision& decision, const Directory& directory, const Cues* cues = nullptr
);

}  // namespace hotline::ticketing
