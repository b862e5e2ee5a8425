#include "integrations/telephony/queue_words.hpp"

#include <doctest/doctest.h>

using namespace hotline::telephony;
using namespace std::chrono_literals;

namespace {

constexpr LineFigures busy{.staffed = 10, .answered_lately = 20, .handling = 240s};

}  // namespace

TEST_CASE("T32: the place is said on entry and again when it changed, not within half a minute") {
    PlaceInLine place{.position = 4};
    CHECK(announcement(place, busy) == Announcement{4, std::nullopt});
    place = {.position = 4, .waited = 40s, .said_position = 4, .said_ago = 40s, .said_wait = true};
    CHECK_FALSE(announcement(place, busy));
    place.position = 3;
    CHECK(announcement(place, busy) == Announcement{3, 72s});
    place.said_ago = 29s;
    CHECK_FALSE(announcement(place, busy));
    place.said_ago = 30s;
    CHECK(announcement(place, busy));
}

TEST_CASE("T32: how long it will take is said only where enough is known, and not at once") {
    PlaceInLine place{.position = 5, .waited = 4999ms};
    CHECK_FALSE(announcement(place, busy)->wait);
    place.waited = 5s;
    CHECK(announcement(place, busy)->wait == 120s);
    LineFigures few = busy;
    few.answered_lately = 19;
    CHECK_FALSE(announcement(place, few)->wait);
    LineFigures nobody = busy;
    nobody.staffed = 0;
    CHECK_FALSE(announcement(place, nobody)->wait);
    // Whole seconds, rather too many.
    CHECK(expected_wait(1, {.staffed = 7, .answered_lately = 30, .handling = 100s}) == 15s);
}

TEST_CASE("T32: who stands where he stood is told how long, once, when it was not known before") {
    PlaceInLine place{.position = 4, .waited = 40s, .said_position = 4, .said_ago = 30s};
    CHECK(announcement(place, busy) == Announcement{4, 96s});
    LineFigures few = busy;
    few.answered_lately = 19;
    CHECK_FALSE(announcement(place, few));
    place.said_ago = 29s;
    CHECK_FALSE(announcement(place, busy));
    place.said_ago = 30s;
    place.said_wait = true;
    CHECK_FALSE(announcement(place, busy));
}

TEST_CASE("T60: minutes are rounded up, so that nobody is promised less, and below one is said so"
) {
    CHECK(minutes_to_say(0s) == 0);
    CHECK(minutes_to_say(59s) == 0);
    CHECK(minutes_to_say(60s) == 1);
    CHECK(minutes_to_say(61s) == 2);
    CHECK(minutes_to_say(120s) == 2);
    CHECK(minutes_to_say(20min + 1s) == 21);
}

TEST_CASE("T33: who waits a minute or stands far back is offered a call back, later a message") {
    PlaceInLine place{.position = 20, .waited = 59s};
    CHECK(way_out(place, busy) == WayOut::none);
    place.waited = 60s;
    CHECK(way_out(place, busy) == WayOut::callback);
    CHECK(way_out({.position = 21, .waited = 1s}, busy) == WayOut::callback);
    CHECK(way_out({.position = 1}, {}) == WayOut::callback);  // nobody is there
    place.waited = 299s;
    CHECK(way_out(place, busy) == WayOut::callback);
    place.waited = 300s;
    CHECK(way_out(place, busy) == WayOut::message);
    CHECK(is_full(200, 200));
    CHECK_FALSE(is_full(199, 200));
}
