#pragma once

#include "tests/faults/appellants.hpp"
#include "tests/faults/world.hpp"

#include <string>
#include <vector>

namespace hotline::test {

// What the appellants' own list and the database disagree about; a sentence each, empty when every
// appeal answered 201 or 202 is a ticket exactly once, every number they were given leads to it,
// and no ticket exists that nobody sent. `unanswered` may be there or not, once.
std::vector<std::string> disagreements(const World& world, const Appellants& appellants);

}  // namespace hotline::test
