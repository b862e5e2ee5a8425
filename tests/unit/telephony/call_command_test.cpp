#include "integrations/telephony/call_command.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace hotline;
using namespace hotline::telephony;
using ticketing::Instant;

namespace {

// Whether somebody in this state may ask it of his own call.
bool may(CallAction action, AgentState asker, CallState call = CallState::talking) {
    return !why_not(action, {.call = call, .own = true, .asker = asker});
}

}  // namespace

TEST_CASE("T37: who talks holds, hands on and ends; who holds resumes; nobody does either twice") {
    using enum AgentState;
    CHECK(may(CallAction::hold, talking));
    CHECK_FALSE(may(CallAction::hold, held, CallState::held));
    CHECK(may(CallAction::resume, held, CallState::held));
    CHECK_FALSE(may(CallAction::resume, talking));
    for (const auto action :
         {CallAction::hang_up, CallAction::transfer, CallAction::conference, CallAction::drop}) {
        CHECK(may(action, talking));
        CHECK(may(action, held, CallState::held));
        CHECK_FALSE(may(action, ringing, CallState::ringing));
        CHECK(
            why_not(action, {.call = CallState::talking, .asker = talking}) == CommandFault::not_his
        );
        CHECK(
            why_not(action, {.call = CallState::ended, .own = true, .asker = talking}) ==
            CommandFault::over
        );
    }
}

TEST_CASE("T36: a shift lead listens to somebody else's talk, and to nothing else") {
    for (const auto action : {CallAction::listen, CallAction::whisper, CallAction::barge}) {
        CHECK(is_for_shift_lead(action));
        CHECK_FALSE(why_not(action, {.call = CallState::talking}));
        CHECK_FALSE(why_not(action, {.call = CallState::held}));
        CHECK(why_not(action, {.call = CallState::queued}) == CommandFault::wrong_state);
        CHECK(
            why_not(
                action, {.call = CallState::talking, .own = true, .asker = AgentState::talking}
            ) == CommandFault::not_his
        );
    }
    CHECK_FALSE(is_for_shift_lead(CallAction::hang_up));
}

TEST_CASE("T37: who dials has no other call") {
    using enum AgentState;
    for (const auto state : {offline, not_ready, ready, wrap_up}) {
        CHECK_FALSE(why_not(CallAction::dial, {.asker = state}));
    }
    for (const auto state : {reserved, ringing, talking, held}) {
        CHECK(why_not(CallAction::dial, {.asker = state}) == CommandFault::on_a_call);
    }
}

TEST_CASE("T38: numbers of the national plan are called, others are not") {
    for (const auto* number :
         {"13909130001",
          "0913-2123456",
          "02988888888",
          "2123456",
          "88888888",
          "4008123456",
          "8008123456",
          "12315",
          "95598",
          "110",
          "120"}) {
        CAPTURE(number);
        CHECK(outside_number(number));
    }
    CHECK(outside_number("0913 212-3456") == "09132123456");
    for (const auto* number :
         {"",
          "0085221234567",
          "+8613909130001",
          "12909130001",
          "168",
          "1234",
          "09131",
          "0913212345678",
          "95",
          "110;119",
          "139091300012"}) {
        CAPTURE(number);
        CHECK_FALSE(outside_number(number));
    }
}

TEST_CASE("T40: what a platform can is written down and read, without what nobody knows") {
    const std::vector can{CallAction::hold, CallAction::resume};
    CHECK(actions_text(can) == "hold resume");
    CHECK(actions_of("hold resume") == can);
    CHECK(actions_of("hold,resume,fly,hold") == can);
    CHECK(actions_of("").empty());
    CHECK(needs_target(CallAction::transfer));
    CHECK(needs_target(CallAction::conference));
    CHECK_FALSE(needs_target(CallAction::hold));
}

TEST_CASE("T37: who dials is reserved wherever he stood, and goes back there") {
    const Instant now{std::chrono::seconds(1000)};
    const auto at = [&](AgentPlace place) {
        AgentStanding standing{.place = place, .since = now};
        if (place.state == AgentState::wrap_up) standing.due_at = now + usual_wrap_up;
        return standing;
    };
    auto resting = at({AgentState::not_ready, AgentReason::meal});
    CHECK(hear(resting, CallWord::dials, "out-1", now).size() == 1);
    CHECK(resting.place.state == AgentState::reserved);
    CHECK(resting.call == "out-1");
    hear(resting, CallWord::left, "out-1", now);
    CHECK(resting.place == AgentPlace{AgentState::not_ready, AgentReason::meal});

    auto wrapping = at({AgentState::wrap_up});
    hear(wrapping, CallWord::dials, "out-2", now);
    CHECK_FALSE(wrapping.due_at);
    hear(wrapping, CallWord::answered, "out-2", now);
    CHECK(wrapping.place.state == AgentState::talking);
    hear(wrapping, CallWord::left, "out-2", now);
    CHECK(wrapping.place.state == AgentState::wrap_up);

    for (const auto state : {AgentState::offline, AgentState::talking, AgentState::reserved}) {
        auto standing = at({state});
        CHECK(hear(standing, CallWord::dials, "out-3", now).empty());
    }
}
