#pragma once

#include "sla/local_time.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <cstdint>
#include <random>

namespace hotline::sla::test {

// Repeatable chance for property tests.
struct Dice {
    std::mt19937_64 engine{20261123};

    // low ≤ result ≤ high
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>{low, high}(engine);
    }
    bool one_in(int n) { return between(1, n) == 1; }
    // Over the known years and a good way beyond both ends.
    Instant instant() {
        const auto first = at(2021, 1, 1).time_since_epoch().count();
        const auto last = at(2029, 12, 31).time_since_epoch().count();
        return Instant{std::chrono::milliseconds{between(first, last)}};
    }
};

}  // namespace hotline::sla::test
