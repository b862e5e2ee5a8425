#pragma once

#include "server/city.hpp"
#include "tests/bench/instance.hpp"

#include <cstdint>

namespace hotline::bench {

// Lays down `count` tickets that units are working at, dispatched now, with the clocks and logs the
// lifecycle gives them; their notices and roll-ups are not asked for. Says how far it is.
void lay_down_tickets(const Instance& instance, const City& city, std::uint64_t count);

}  // namespace hotline::bench
