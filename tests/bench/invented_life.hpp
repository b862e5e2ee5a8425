#pragma once

#include "sla/rollup.hpp"

#include <cstdint>
#include <random>

namespace hotline::bench {

// What becomes of appeals nobody made, as the logs of their handling would tell it: most are
// handled in time and content, some are late, redone or left out of the rates. The same seed gives
// the same lives in the same order.
class InventedLives {
public:
    explicit InventedLives(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

    // `facts`: when it was accepted, what it is about and where; the rest is made up.
    sla::TicketFacts life(sla::TicketFacts facts, std::uint64_t unit, std::uint64_t official);

private:
    std::mt19937_64 engine_;
};

}  // namespace hotline::bench
