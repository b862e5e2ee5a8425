#include "server/workers/intake_pressure.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace hotline;
using namespace std::chrono_literals;

TEST_CASE("appeals pour in while many wait, until they are written") {
    Metrics metrics;
    actions::Backlog intake;
    workers::IntakePressure pressure(intake, metrics);
    std::this_thread::sleep_for(1ms);
    CHECK_FALSE(pressure.pouring());
    intake.length = 501;
    CHECK(pressure.pouring());
    intake.length = 500;
    std::this_thread::sleep_for(1ms);
    CHECK_FALSE(pressure.pouring());
}

TEST_CASE("appeals pour in while many are written, though none wait") {
    Metrics metrics;
    actions::Backlog intake;
    workers::IntakePressure pressure(intake, metrics);
    metrics.tickets_committed.Increment(1'000'000);
    CHECK(pressure.pouring());
    // Only what was written since counts.
    std::this_thread::sleep_for(1ms);
    CHECK_FALSE(pressure.pouring());
}
