#pragma once

#include "ticketing/similarity/shingles.hpp"
#include "ticketing/types/state.hpp"

namespace hotline::ticketing::similarity {

// What a city may set (server/hotline.toml, section similarity); README.md tells why so.
struct SuspicionRules {
    int days = 365;               // D8: tickets of before are forgotten
    int recent_days = 30;         // D6, D7
    int same_party_percent = 15;  // D6
    int contained_percent = 40;   // D6
    int other_percent = 25;       // D7

    bool operator==(const SuspicionRules&) const = default;
};

// D8: nothing can be added to such a ticket any more, or not yet.
bool set_aside(State state, bool needs_entry);

// An earlier ticket beside an appeal.
struct Comparison {
    Likeness likeness;
    bool enough_text = false;  // both say enough to be compared (D2)
    bool same_party = false;   // the same enterprise, or the same caller's number
    bool same_topic = false;
    bool over = false;  // the earlier one is closed or archived
    int days_ago = 0;   // its acceptance

    bool operator==(const Comparison&) const = default;
};

enum class Suspicion {
    none,
    similar,    // D7: somebody else says the same
    duplicate,  // D6: the same party, the same matter
};
Suspicion suspicion_of(const Comparison& comparison, const SuspicionRules& rules);

}  // namespace hotline::ticketing::similarity
