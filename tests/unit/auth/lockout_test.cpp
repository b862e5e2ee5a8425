#include "server/auth/lockout.hpp"

#include <doctest/doctest.h>

using namespace hotline::auth;
using namespace std::chrono_literals;
using hotline::ticketing::Instant;

namespace {

const Instant start{1'795'420'800'000ms};

}  // namespace

TEST_CASE("L4: waits double from the second failure and the fifth locks for ten minutes") {
    const LockRules rules;
    Tally tally;
    Instant now = start;
    const std::vector<std::chrono::seconds> expected{0s, 1s, 2s, 4s, 600s};
    for (const auto wait : expected) {
        tally = charged(tally, now, rules);
        CAPTURE(tally.failures);
        CHECK(wait_for(tally, now).value_or(0s) == wait);
        now += wait;
        CHECK_FALSE(wait_for(tally, now));
    }
}

TEST_CASE("the wait is rounded up, so that trying again after it succeeds") {
    const Tally tally{3, start + 1500ms};
    CHECK(wait_for(tally, start) == 2s);
    CHECK(wait_for(tally, start + 1499ms) == 1s);
    CHECK_FALSE(wait_for(tally, start + 1500ms));
}

TEST_CASE("after a full lock counting starts anew") {
    const LockRules rules;
    const Tally locked{5, start};
    const Tally next = charged(locked, start + 1ms, rules);
    CHECK(next == Tally{1, std::nullopt});
}

TEST_CASE("a wait never exceeds the lock, however the rules are set") {
    const LockRules rules{.failures = 100, .lock = 60s, .first_wait = 1s};
    Tally tally;
    for (int i = 0; i < 99; ++i) tally = charged(tally, start, rules);
    CHECK(wait_for(tally, start) == 60s);
}

TEST_CASE("names that are no accounts lock like those that are") {
    const LockRules rules;
    StrangerTallies strangers;
    Tally known;
    Instant now = start;
    for (int i = 0; i < 12; ++i) {
        std::optional<std::chrono::seconds> expected = wait_for(known, now);
        if (!expected) known = charged(known, now, rules);
        CHECK(strangers.charge("nobody", now, rules) == expected);
        now += 700ms;
    }
    CHECK_FALSE(strangers.charge("another", now, rules));
}

TEST_CASE("many made-up names cost bounded memory and are forgotten together") {
    const LockRules rules{.failures = 1, .lock = 600s};
    StrangerTallies strangers;
    strangers.charge("first", start, rules);
    CHECK(strangers.charge("first", start, rules));
    for (int i = 0; i < 10'000; ++i) strangers.charge(std::to_string(i), start, rules);
    CHECK_FALSE(strangers.charge("first", start, rules));
}
