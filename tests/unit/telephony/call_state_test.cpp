#include "integrations/telephony/call_state.hpp"

#include "integrations/telephony/callback_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace hotline::telephony;
using hotline::ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1'795'420'800'000ms};

struct Teller {
    std::vector<CtiEvent> events;
    bool numbered = false;

    Teller& say(CtiKind kind, std::chrono::milliseconds after, std::string agent = "") {
        CtiEvent event;
        event.event_id = "e" + std::to_string(events.size());
        event.call_id = "c";
        event.kind = kind;
        event.occurred_at = start + after;
        event.agent = std::move(agent);
        if (numbered) event.seq = static_cast<std::int64_t>(events.size()) + 1;
        events.push_back(std::move(event));
        return *this;
    }
};

std::vector<CtiEvent> whole_call() {
    Teller call;
    call.say(CtiKind::offered, 0s).say(CtiKind::queued, 1s).say(CtiKind::ringing, 2s, "8001");
    call.say(CtiKind::answered, 5s, "8001").say(CtiKind::held, 9s, "8001");
    call.say(CtiKind::resumed, 12s, "8001").say(CtiKind::transferred, 20s, "8001");
    call.say(CtiKind::ringing, 21s, "8002").say(CtiKind::answered, 24s, "8002");
    call.say(CtiKind::ended, 60s).say(CtiKind::recording_ready, 70s);
    call.events[0].ani = "13800138000";
    call.events.back().recording = "rec/1.wav";
    return call.events;
}

}  // namespace

TEST_CASE("T3: a whole call ends, with its times, its last agent and its recording") {
    const CallStory story = story_of(whole_call());
    CHECK(story.state == CallState::ended);
    CHECK(story.ani == "13800138000");
    CHECK(story.agent == "8002");
    CHECK(*story.offered_at == start);
    CHECK(*story.ringing_at == start + 2s);
    CHECK(*story.answered_at == start + 5s);
    CHECK(*story.ended_at == start + 60s);
    CHECK(story.recording == "rec/1.wav");
}

TEST_CASE("each event leads to its state while the call lasts") {
    const auto all = whole_call();
    const CallState expected[] = {
        CallState::offered,
        CallState::queued,
        CallState::ringing,
        CallState::talking,
        CallState::held,
        CallState::talking,
        CallState::transferred,
        CallState::ringing,
        CallState::talking,
        CallState::ended,
        CallState::ended,
    };
    for (std::size_t n = 1; n <= all.size(); ++n) {
        CAPTURE(n);
        const auto known = std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(story_of(known).state == expected[n - 1]);
    }
}

TEST_CASE("T1: order of arrival changes nothing") {
    auto events = whole_call();
    const CallStory expected = story_of(events);
    std::mt19937 random{7};
    for (int round = 0; round < 500; ++round) {
        std::ranges::shuffle(events, random);
        REQUIRE(story_of(events) == expected);
    }
}

TEST_CASE("T3: once over, no further event, early or late, opens a call again") {
    std::mt19937 random{11};
    std::uniform_int_distribution<int> kinds{1, 14};
    std::uniform_int_distribution<int> seconds{0, 100};
    for (int round = 0; round < 2000; ++round) {
        Teller call;
        call.numbered = round % 2 == 0;
        bool over = false;
        for (int n = 0; n < 12; ++n) {
            call.say(static_cast<CtiKind>(kinds(random)), std::chrono::seconds(seconds(random)));
            if (call.numbered) call.events.back().seq = seconds(random);
            const CallStory story = story_of(call.events);
            if (over) REQUIRE(is_over(story.state));
            over = is_over(story.state);
            REQUIRE(over == story.ended_at.has_value());
        }
    }
}

TEST_CASE("T3: what comes late fills in what was not known") {
    Teller call;
    call.say(CtiKind::ringing, 2s, "8001").say(CtiKind::ended, 60s);
    CHECK_FALSE(story_of(call.events).answered_at);
    call.say(CtiKind::answered, 4s, "8003");
    const CallStory story = story_of(call.events);
    CHECK(story.state == CallState::ended);
    CHECK(*story.answered_at == start + 4s);
    CHECK(story.agent == "8003");
}

TEST_CASE("T4: a caller who hangs up before anyone answers has abandoned, also when it ends too") {
    Teller call;
    call.say(CtiKind::ringing, 1s, "8001").say(CtiKind::abandoned, 9s).say(CtiKind::ended, 9s);
    CHECK(story_of(call.events).state == CallState::abandoned);
    call.say(CtiKind::answered, 3s, "8001");
    CHECK(story_of(call.events).state == CallState::ended);
}

TEST_CASE("T2: numbers count more than clocks, but only when every event has one") {
    Teller call;
    call.numbered = true;
    call.say(CtiKind::ringing, 9s, "8001").say(CtiKind::answered, 3s, "8001");
    CHECK(story_of(call.events).state == CallState::talking);
    call.events[0].seq.reset();
    CHECK(story_of(call.events).state == CallState::ringing);
}

TEST_CASE("T5: a transfer does not move the call to another agent before it rings there") {
    Teller call;
    call.say(CtiKind::answered, 1s, "8001").say(CtiKind::transferred, 5s, "8002");
    CHECK(story_of(call.events).agent == "8001");
    call.say(CtiKind::ringing, 6s, "8002");
    CHECK(story_of(call.events).agent == "8002");
}

TEST_CASE("a call of which only the end is known has an agent when the end names one") {
    Teller call;
    call.say(CtiKind::ended, 1s, "8001");
    CHECK(story_of(call.events).agent == "8001");
    CHECK(story_of({}).state == CallState::offered);
}

TEST_CASE("T23: a call that is lost is over, until an end that is told later says better") {
    Teller call;
    call.say(CtiKind::offered, 0s).say(CtiKind::answered, 5s, "8001").say(CtiKind::lost, 300s);
    auto story = story_of(call.events);
    CHECK(story.state == CallState::lost);
    CHECK(*story.ended_at == start + 300s);
    call.say(CtiKind::ended, 60s);
    story = story_of(call.events);
    CHECK(story.state == CallState::ended);
    CHECK(*story.ended_at == start + 60s);
}

TEST_CASE("T20: a call that rang in vain waits again, and can still be answered or given up") {
    Teller call;
    call.say(CtiKind::queued, 0s).say(CtiKind::ringing, 1s, "8001");
    call.say(CtiKind::no_answer, 16s, "8001");
    CHECK(story_of(call.events).state == CallState::queued);
    Teller given_up = call;
    given_up.say(CtiKind::abandoned, 20s);
    CHECK(story_of(given_up.events).state == CallState::abandoned);
    call.say(CtiKind::ringing, 17s, "8002").say(CtiKind::answered, 19s, "8002");
    CHECK(story_of(call.events).agent == "8002");
    CHECK(story_of(call.events).state == CallState::talking);
}

TEST_CASE("T34: who asks to be called back has left the line, neither answered nor given up") {
    Teller call;
    call.say(CtiKind::offered, 0s).say(CtiKind::queued, 1s).say(CtiKind::callback_requested, 70s);
    auto story = story_of(call.events);
    CHECK(story.state == CallState::callback);
    CHECK(is_over(story.state));
    CHECK(*story.ended_at == start + 70s);
    CHECK(missed_at(story) == start + 1s);
    // Told as well that he hung up.
    call.say(CtiKind::abandoned, 74s).say(CtiKind::ended, 75s);
    story = story_of(call.events);
    CHECK(story.state == CallState::callback);
    CHECK(*story.ended_at == start + 70s);
    // He was answered all the same: he is not called back.
    call.say(CtiKind::answered, 69s, "8001");
    story = story_of(call.events);
    CHECK(story.state == CallState::ended);
    CHECK(*story.ended_at == start + 74s);
    CHECK_FALSE(missed_at(story));
}

TEST_CASE("T34: nothing is waited for in vain: who asks at once is called back as well") {
    Teller call;
    call.say(CtiKind::offered, 0s).say(CtiKind::callback_requested, 2s);
    CHECK(missed_at(story_of(call.events)) == start);
    Teller bare;
    bare.say(CtiKind::callback_requested, 2s);
    CHECK(missed_at(story_of(bare.events)) == start + 2s);
    Teller given_up;
    given_up.say(CtiKind::offered, 0s).say(CtiKind::abandoned, 9s);
    CHECK(missed_at(story_of(given_up.events)) == start + 9s);
}

TEST_CASE("T35: a score is kept whenever it comes, the last one, and changes nothing else") {
    auto events = whole_call();
    const CallStory before = story_of(events);
    Teller late;
    late.say(CtiKind::survey_scored, 900s).say(CtiKind::survey_scored, 903s);
    late.events[0].score = 2;
    late.events[1].score = 5;
    for (auto& event : late.events) {
        event.event_id = "s" + event.event_id;
        events.push_back(event);
    }
    CallStory story = story_of(events);
    CHECK(story.score == 5);
    story.score.reset();
    CHECK(story == before);
}
