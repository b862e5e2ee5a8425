#pragma once

#include "ticketing/notices/occasion.hpp"
#include "ticketing/notices/receivers.hpp"

#include <vector>

namespace hotline::ticketing::notices {

struct TellingWay {
    Occasion occasion{};
    Standing standing{};

    bool operator==(const TellingWay&) const = default;
};

// Of what an act may tell somebody, and as what; for looking at the rules. A test holds it against
// what receivers_of() does.
std::vector<TellingWay> told_by(Act act);

}  // namespace hotline::ticketing::notices
