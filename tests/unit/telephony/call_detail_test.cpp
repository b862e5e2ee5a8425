#include "integrations/telephony/call_detail.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::telephony;
using namespace std::chrono_literals;
using hotline::ticketing::Instant;

namespace {

constexpr Instant began = Instant{1'795'000'000'000ms};

CallDetail detail_of(
    std::optional<std::chrono::seconds> answered_after, std::chrono::seconds over
) {
    CallDetail detail;
    detail.call_id = "c1";
    detail.ani = "13900000001";
    detail.dnis = "12345";
    detail.offered_at = began;
    detail.ended_at = began + over;
    detail.answered = answered_after.has_value();
    if (answered_after) {
        detail.answered_at = began + *answered_after;
        detail.agent = "8001";
    }
    return detail;
}

CtiEvent event(CtiKind kind, std::chrono::seconds after) {
    CtiEvent one;
    one.event_id = std::string(hotline::ticketing::name(kind));
    one.call_id = "c1";
    one.kind = kind;
    one.occurred_at = began + after;
    return one;
}

// What becomes of the call when what is missing is told.
CallStory told(std::vector<CtiEvent> events, const CallDetail& detail) {
    const CallStory before = story_of(events);
    for (auto& one : missing_events(detail, events.empty() ? nullptr : &before, "d")) {
        events.push_back(std::move(one));
    }
    return story_of(events);
}

}  // namespace

TEST_CASE("T42: a call none of whose events came is taken up as its record tells it") {
    const auto answered = told({}, detail_of(4s, 64s));
    CHECK(answered.state == CallState::ended);
    CHECK(answered.ani == "13900000001");
    CHECK(answered.agent == "8001");
    CHECK(answered.answered_at == began + 4s);
    CHECK(answered.ended_at == began + 64s);
    CHECK(told({}, detail_of(std::nullopt, 30s)).state == CallState::abandoned);
    auto outgoing = detail_of(std::nullopt, 30s);
    outgoing.direction = Direction::out;
    CHECK(told({}, outgoing).state == CallState::ended);
    auto silent = detail_of(std::nullopt, 30s);
    silent.answered.reset();
    CHECK(told({}, silent).state == CallState::lost);
    CHECK(told({}, silent).ended_at == began + 30s);
}

TEST_CASE("T42: who was answered nobody knows when is over, with whoever answered, and not in time"
) {
    auto detail = detail_of(4s, 64s);
    detail.answered_at.reset();
    const auto served = told({}, detail);
    CHECK(served.state == CallState::ended);
    CHECK(served.agent == "8001");
    CHECK_FALSE(served.answered_at);
    CHECK_FALSE(difference(detail, &served));
    const CallStory given_up =
        story_of({event(CtiKind::offered, 0s), event(CtiKind::abandoned, 20s)});
    CHECK(difference(detail, &given_up) == DetailDifference::answer);
}

TEST_CASE("T42: what lacks an end gets the record's, and keeps what its events have told") {
    const auto talking = std::vector{event(CtiKind::offered, 0s), event(CtiKind::answered, 3s)};
    auto over = told(talking, detail_of(4s, 64s));
    CHECK(over.state == CallState::ended);
    CHECK(over.answered_at == began + 3s);
    CHECK(over.ended_at == began + 64s);
    auto lost = std::vector{event(CtiKind::offered, 0s), event(CtiKind::lost, 300s)};
    CHECK(told(lost, detail_of(4s, 64s)).state == CallState::ended);
    CHECK(told(lost, detail_of(std::nullopt, 64s)).state == CallState::abandoned);
    auto silent = detail_of(std::nullopt, 64s);
    silent.answered.reset();
    CHECK(told(lost, silent).state == CallState::lost);
    CHECK(told(lost, silent).ended_at == began + 64s);
}

TEST_CASE("T42: what is over here stays as its events told it") {
    const CallStory over = story_of({event(CtiKind::offered, 0s), event(CtiKind::abandoned, 20s)});
    CHECK(missing_events(detail_of(4s, 64s), &over, "d").empty());
}

TEST_CASE("T43: each way the two can disagree has its name") {
    const auto kept = std::vector{
        event(CtiKind::offered, 0s), event(CtiKind::answered, 4s), event(CtiKind::ended, 64s)
    };
    const CallStory ours = story_of(kept);
    CHECK(difference(detail_of(4s, 64s), nullptr) == DetailDifference::unknown_call);
    const CallStory going = story_of({kept[0], kept[1]});
    CHECK(difference(detail_of(4s, 64s), &going) == DetailDifference::end_missed);
    CHECK_FALSE(difference(detail_of(4s, 64s), &ours));
    CHECK_FALSE(difference(detail_of(4s, 69s), &ours));
    CHECK(difference(detail_of(4s, 70s), &ours) == DetailDifference::talk_time);
    CHECK(difference(detail_of(10s, 64s), &ours) == DetailDifference::talk_time);
    CHECK(difference(detail_of(std::nullopt, 64s), &ours) == DetailDifference::answer);
    const CallStory abandoned = story_of({kept[0], event(CtiKind::abandoned, 20s)});
    CHECK(difference(detail_of(4s, 64s), &abandoned) == DetailDifference::answer);
    CHECK_FALSE(difference(detail_of(std::nullopt, 40s), &abandoned));
}

TEST_CASE("T43: books that do not tell of answers are asked only for the call and its end") {
    auto silent = detail_of(std::nullopt, 64s);
    silent.answered.reset();
    const CallStory ours = story_of(
        {event(CtiKind::offered, 0s), event(CtiKind::answered, 4s), event(CtiKind::ended, 30s)}
    );
    CHECK_FALSE(difference(silent, &ours));
    const CallStory lost = story_of({event(CtiKind::offered, 0s), event(CtiKind::lost, 300s)});
    CHECK(difference(silent, &lost) == DetailDifference::end_missed);
    // Lost here before it was over there, there is nothing to be learnt.
    const CallStory earlier = story_of({event(CtiKind::offered, 0s), event(CtiKind::lost, 30s)});
    CHECK_FALSE(difference(silent, &earlier));
    CHECK(missing_events(silent, &earlier, "d").empty());
    // Told again, there is nothing more to say.
    auto events = std::vector{event(CtiKind::offered, 0s), event(CtiKind::lost, 300s)};
    const CallStory filled = told(events, silent);
    CHECK_FALSE(difference(silent, &filled));
}
