#include "server/notices/channel_gate.hpp"

#include <doctest/doctest.h>

using namespace hotline::notices;
using namespace std::chrono_literals;

namespace {

constexpr ChannelGate::Time start{1'000s};

void fail_often(ChannelGate& gate, ChannelGate::Time now, int times) {
    for (int i = 0; i < times; ++i) {
        gate.began();
        gate.failed(now);
    }
}

}  // namespace

TEST_CASE("a channel is given what its rate and what is under way leave room for") {
    ChannelGate gate({.per_second = 10, .parallel = 4});
    CHECK(gate.room(start) == 4);
    for (int i = 0; i < 4; ++i) gate.began();
    CHECK(gate.room(start) == 0);
    for (int i = 0; i < 4; ++i) gate.succeeded();
    for (int i = 0; i < 6; ++i) {
        gate.began();
        gate.succeeded();
    }
    CHECK(gate.room(start) == 0);  // ten within one second
    CHECK(gate.room(start + 200ms) == 2);
}

TEST_CASE("failures in a row let it rest, longer each time, until one try succeeds") {
    ChannelGate gate({.per_second = 100, .parallel = 8, .failures = 3});
    fail_often(gate, start, 2);
    gate.began();
    gate.succeeded();
    fail_often(gate, start, 2);
    CHECK(gate.state(start) == ChannelGate::State::closed);
    fail_often(gate, start, 1);
    CHECK(gate.state(start) == ChannelGate::State::open);
    CHECK(gate.room(start + 1999ms) == 0);
    CHECK(gate.state(start + 2s) == ChannelGate::State::trying);
    CHECK(gate.room(start + 2s) == 1);
    fail_often(gate, start + 2s, 1);
    CHECK(gate.room(start + 5s) == 0);
    CHECK(gate.room(start + 6s) == 1);
    gate.began();
    gate.succeeded();
    CHECK(gate.room(start + 6s) == 8);
}

TEST_CASE("what was under way when it shut fails with it: one outage, not one each") {
    // A token that could not be fetched fails all who waited for it.
    ChannelGate gate({.per_second = 100, .parallel = 32, .failures = 8});
    for (int i = 0; i < 32; ++i) gate.began();
    for (int i = 0; i < 32; ++i) gate.failed(start + std::chrono::milliseconds(i));
    CHECK(gate.under_way() == 0);
    CHECK(gate.room(start + 1s) == 0);
    CHECK(gate.room(start + 2007ms) == 1);
    fail_often(gate, start + 3s, 1);
    CHECK(gate.room(start + 6s) == 0);
    CHECK(gate.room(start + 7s) == 1);
}

TEST_CASE("who says how long he is busy is left alone so long, and it is no failure") {
    ChannelGate gate({.per_second = 100, .parallel = 8, .failures = 1});
    gate.began();
    gate.asked_to_wait(start, 7s);
    CHECK(gate.state(start) == ChannelGate::State::closed);
    CHECK(gate.room(start + 6999ms) == 0);
    CHECK(gate.room(start + 7s) == 8);
}

TEST_CASE("a channel that is set up wrongly rests at once") {
    ChannelGate gate({.per_second = 100, .parallel = 8});
    gate.began();
    gate.failed(start, true);
    CHECK(gate.state(start) == ChannelGate::State::open);
}
