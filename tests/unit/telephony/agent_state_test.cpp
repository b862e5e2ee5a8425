#include "integrations/telephony/agent_state.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace hotline::telephony;
using hotline::ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr Instant morning{1'795'420'800'000ms};
constexpr AgentPlace offline{AgentState::offline, AgentReason::none};
constexpr AgentPlace ready{AgentState::ready, AgentReason::none};
constexpr AgentPlace meal{AgentState::not_ready, AgentReason::meal};
constexpr AgentPlace vain{AgentState::not_ready, AgentReason::no_answer};
constexpr AgentPlace fresh{AgentState::not_ready, AgentReason::signed_in};

// An agent, and everything that was logged of him.
struct Seat {
    AgentStanding standing{.since = morning};
    std::vector<AgentMove> log;
    Instant now = morning;

    void keep(std::vector<AgentMove> moves) { log.insert(log.end(), moves.begin(), moves.end()); }
    Seat& wait(std::chrono::milliseconds time) {
        now += time;
        return *this;
    }
    Seat& choose(AgentPlace wanted, AgentCause by = AgentCause::agent) {
        keep(hotline::telephony::choose(standing, wanted, by, now));
        return *this;
    }
    Seat& hear(CallWord word, const std::string& call = "c1") {
        keep(hotline::telephony::hear(standing, word, call, now));
        return *this;
    }
    Seat& told(AgentPlace place) {
        keep(believe(standing, place, now));
        return *this;
    }
    Seat& tick() {
        keep(pass_time(standing, now));
        return *this;
    }
    AgentState state() const { return standing.place.state; }
};

Seat ready_seat() {
    Seat seat;
    seat.choose(ready).wait(60s);
    seat.log.clear();
    return seat;
}

Seat talking_seat() {
    Seat seat = ready_seat();
    seat.hear(CallWord::rings).wait(4s).hear(CallWord::answered).wait(90s);
    return seat;
}

}  // namespace

TEST_CASE("T16: signing in lands in not ready, and only the agent himself becomes ready") {
    Seat seat;
    seat.choose(ready);
    REQUIRE(seat.log.size() == 2);
    CHECK(seat.log[0].to == fresh);
    CHECK(seat.log[1].to == ready);
    CHECK(seat.standing.idle_since == morning);
    seat.choose(offline);
    CHECK(seat.state() == AgentState::offline);
    CHECK_FALSE(seat.standing.idle_since);
}

TEST_CASE("T15: a call goes through ringing, talk, hold and wrap-up, each step logged once") {
    Seat seat = ready_seat();
    seat.hear(CallWord::rings).hear(CallWord::rings).wait(3s).hear(CallWord::answered);
    seat.wait(60s).hear(CallWord::held).wait(5s).hear(CallWord::resumed).wait(20s);
    seat.hear(CallWord::left);
    const AgentState way[] = {
        AgentState::ringing,
        AgentState::talking,
        AgentState::held,
        AgentState::talking,
        AgentState::wrap_up,
    };
    REQUIRE(seat.log.size() == std::size(way));
    for (std::size_t i = 0; i < std::size(way); ++i) {
        CHECK(seat.log[i].to.state == way[i]);
        CHECK(seat.log[i].call == "c1");
        CHECK(seat.log[i].cause == AgentCause::call);
    }
    CHECK(seat.standing.due_at == seat.now + usual_wrap_up);
}

TEST_CASE("T17: what is asked for during a call happens after it, and can be taken back") {
    Seat seat = talking_seat();
    seat.choose(meal);
    CHECK(seat.state() == AgentState::talking);
    CHECK(seat.standing.next == meal);
    seat.choose(ready);
    CHECK_FALSE(seat.standing.next);
    seat.choose(meal).hear(CallWord::left).wait(30s).tick();
    CHECK(seat.standing.place == meal);
    CHECK(seat.log.back().cause == AgentCause::clock);
    CHECK_FALSE(seat.standing.next);
}

TEST_CASE("T17: who answers while he is not ready goes back to where he was") {
    Seat seat;
    seat.choose(meal).hear(CallWord::rings);
    CHECK(seat.standing.place == meal);
    seat.hear(CallWord::answered).wait(60s).hear(CallWord::left).wait(30s).tick();
    CHECK(seat.standing.place == meal);
}

TEST_CASE("T18: wrap-up ends by itself, earlier by choice, and can be made longer up to a bound") {
    Seat seat = talking_seat();
    seat.hear(CallWord::left);
    const Instant began = seat.now;
    seat.wait(29s).tick();
    CHECK(seat.state() == AgentState::wrap_up);
    Seat early = seat;
    early.choose(ready);
    CHECK(early.state() == AgentState::ready);
    CHECK(early.standing.call.empty());
    while (wrap_up_longer(seat.standing)) {
    }
    CHECK(seat.standing.due_at == began + longest_wrap_up);
    seat.wait(longest_wrap_up).tick();
    CHECK(seat.state() == AgentState::ready);
    CHECK(seat.standing.since == began + longest_wrap_up);
    CHECK_FALSE(wrap_up_longer(seat.standing));
}

TEST_CASE("T20: who is rung at in vain is not ready any more; what rang on costs nobody his place"
) {
    Seat seat = ready_seat();
    const auto idle = seat.standing.idle_since;
    seat.hear(CallWord::rings).wait(5s).hear(CallWord::left);
    CHECK(seat.standing.place == ready);
    CHECK(seat.standing.idle_since == idle);
    seat.hear(CallWord::rings, "c2").wait(15s).hear(CallWord::no_answer, "c2");
    CHECK(seat.standing.place == vain);
    CHECK_FALSE(seat.standing.idle_since);
    seat.wait(60s).choose(ready);
    CHECK(seat.standing.idle_since == seat.now);
}

TEST_CASE("T19: another call's words do not touch who is on a call, nor any who is signed out") {
    Seat seat = talking_seat();
    const AgentStanding before = seat.standing;
    for (const auto word : {CallWord::rings, CallWord::answered, CallWord::held, CallWord::left}) {
        seat.hear(word, "other");
    }
    CHECK(seat.standing == before);
    Seat away;
    away.hear(CallWord::rings).hear(CallWord::answered).hear(CallWord::left);
    CHECK(away.log.empty());
}

TEST_CASE("T21: a platform that tells states is believed, in the order of its clock") {
    Seat seat = talking_seat();
    seat.hear(CallWord::left);
    seat.told({AgentState::wrap_up, AgentReason::none});
    CHECK_FALSE(seat.standing.due_at);  // its clock now
    seat.wait(10s).told(meal);
    CHECK(seat.standing.place == meal);
    CHECK(seat.log.back().cause == AgentCause::platform);
    Seat late = seat;
    late.now -= 5s;
    late.told(ready);
    CHECK(late.standing == seat.standing);
    // It knows no reason where we do.
    seat.wait(1s).told({AgentState::not_ready, AgentReason::none});
    CHECK(seat.standing.place == meal);
    // Told that he talks before it is told with whom.
    seat.wait(1s).told({AgentState::talking, AgentReason::none}).hear(CallWord::answered, "c9");
    CHECK(seat.standing.call == "c9");
    seat.wait(9s).hear(CallWord::left, "c9");
    CHECK(seat.state() == AgentState::wrap_up);
}

TEST_CASE("T29: who is reserved for a call is touched by no other, and keeps his place if it fails"
) {
    Seat seat = ready_seat();
    const auto idle = seat.standing.idle_since;
    seat.hear(CallWord::reserved);
    CHECK(seat.state() == AgentState::reserved);
    CHECK(seat.log.back().call == "c1");
    const AgentStanding promised = seat.standing;
    for (const auto word : {CallWord::rings, CallWord::left, CallWord::ran_out}) {
        seat.hear(word, "other");
    }
    seat.hear(CallWord::waits);  // told late that it was put in line
    CHECK(seat.standing == promised);
    seat.hear(CallWord::rings).hear(CallWord::reserved, "other");
    CHECK(seat.state() == AgentState::ringing);
    CHECK(seat.standing.call == "c1");
    seat.wait(20s).hear(CallWord::ran_out);
    CHECK(seat.standing.place == ready);
    CHECK(seat.standing.idle_since == idle);
    CHECK(seat.log.back().cause == AgentCause::clock);
    Seat away = talking_seat();
    away.hear(CallWord::reserved, "c2");
    CHECK(away.state() == AgentState::talking);
}

TEST_CASE("T30: a call refused, or a telephone that is not there, leave the agent not ready") {
    const std::pair<CallWord, AgentReason> cases[] = {
        {CallWord::rejected, AgentReason::rejected},
        {CallWord::unreachable, AgentReason::device_lost},
        {CallWord::no_answer, AgentReason::no_answer},
    };
    for (const auto& [word, reason] : cases) {
        Seat seat = ready_seat();
        seat.hear(CallWord::reserved).wait(3s).hear(word);
        CHECK(seat.standing.place == AgentPlace{AgentState::not_ready, reason});
        const auto steps = seat.log.size();
        seat.hear(word);
        CHECK(seat.log.size() == steps);
        Seat speaking = talking_seat();
        speaking.hear(word);
        CHECK(speaking.state() == AgentState::talking);
    }
}

TEST_CASE("T17, T29: a break asked for while a call is on its way comes when it runs out") {
    Seat seat = ready_seat();
    seat.hear(CallWord::reserved).choose(meal);
    CHECK(seat.state() == AgentState::reserved);
    seat.hear(CallWord::ran_out);
    CHECK(seat.standing.place == meal);
}

TEST_CASE("only breaks with a reason, ready and signing out can be asked for") {
    CHECK(can_be_chosen(ready));
    CHECK(can_be_chosen(offline));
    CHECK(can_be_chosen(meal));
    CHECK_FALSE(can_be_chosen(vain));
    CHECK_FALSE(can_be_chosen({AgentState::not_ready, AgentReason::none}));
    CHECK_FALSE(can_be_chosen({AgentState::ready, AgentReason::meal}));
    CHECK_FALSE(can_be_chosen({AgentState::talking, AgentReason::none}));
}

TEST_CASE("T15: after any words in any order the log is one chain that ends where the agent stands"
) {
    std::mt19937 random(7);
    const AgentPlace places[] = {ready, meal, offline, {AgentState::not_ready, AgentReason::rest}};
    const std::string calls[] = {"a", "b", "c"};
    const auto any = [&](auto& list) -> auto& { return list[random() % std::size(list)]; };
    for (int round = 0; round < 500; ++round) {
        Seat seat;
        for (int step = 0; step < 60; ++step) {
            seat.wait(std::chrono::milliseconds(random() % 40'000));
            switch (random() % 8) {
                case 0:
                    seat.choose(any(places));
                    break;
                case 1:
                    seat.told(any(places));
                    break;
                case 2:
                    seat.tick();
                    break;
                case 3:
                    wrap_up_longer(seat.standing);
                    break;
                default:
                    seat.hear(static_cast<CallWord>(random() % 11), any(calls));
            }
            const AgentStanding& standing = seat.standing;
            CHECK((standing.idle_since.has_value() == takes_calls(standing.place.state)));
            if (!is_on_call(standing.place.state) && standing.place.state != AgentState::wrap_up) {
                CHECK((standing.call.empty() && !standing.next && !standing.due_at));
            }
        }
        AgentPlace place = offline;
        Instant at = morning;
        for (const AgentMove& move : seat.log) {
            CHECK(move.from == place);
            CHECK(move.to != place);
            CHECK(move.at >= at);
            place = move.to;
            at = move.at;
        }
        CHECK(place == seat.standing.place);
    }
}
