#pragma once

#include "tests/bench/instance.hpp"

#include <cstdint>

namespace hotline::bench {

// Puts the kept sums of `tickets` invented tickets of 2022 to 2025, spread over all units and
// divisions, beside what is there: by day, month and year, which are the ones a question of units
// is answered from. How many rows that made.
std::uint64_t fill_rollups(const Instance& instance, std::uint64_t tickets);

}  // namespace hotline::bench
