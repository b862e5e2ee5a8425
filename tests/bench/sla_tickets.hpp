#pragma once

#include "server/city.hpp"
#include "tests/bench/instance.hpp"

#include <cstdint>

namespace hotline::bench {

// Lays down `count` tickets that units are working at, dispatched now, with the clocks and logs the
// lifecycle gives them; their notices and roll-ups are not asked for. Says how far it is.
void lay_down_tickets(const Instance& instance, const City& city, std::uint64_t count);

// Lays down `count` open tickets as a city at work has them: of the last days, some of each state
// an open ticket passes through, told about in full. The server derives and finds them as it would
// those that came in; nobody is notified.
void lay_down_work(const Instance& instance, const City& city, std::uint64_t count);

}  // namespace hotline::bench
