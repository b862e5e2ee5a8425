#pragma once

#include "tests/faults/world.hpp"

#include <string>

namespace hotline::test {

// Sends an appeal about electricity, from nowhere in particular, and waits for the trace of its
// route as it is stored. Throws std::runtime_error when it does not come.
std::string trace_of_an_appeal(World& world, const std::string& key);

}  // namespace hotline::test
