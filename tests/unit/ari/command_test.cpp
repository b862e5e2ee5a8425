#include "integrations/ari/command.hpp"

#include "integrations/ari/answers.hpp"

#include <doctest/doctest.h>

using namespace hotline::ari;

namespace {

std::string asked_as(const Command& command) {
    const auto ask = http_ask(command, "hotline-a");
    return ask.method + " " + ask.path + (ask.body.empty() ? "" : " " + ask.body);
}

}  // namespace

TEST_CASE("A4: each command is one request, with names of our choosing") {
    CHECK(asked_as(answer("c.1")) == "POST /channels/c.1/answer");
    CHECK(asked_as(open_hold("hold-c.1")) == "POST /bridges/hold-c.1?type=holding&name=hold-c.1");
    CHECK(
        asked_as(open_conversation("conv-c.1")) ==
        "POST /bridges/conv-c.1?type=mixing%2Cdtmf_events%2Cproxy_media&name=conv-c.1"
    );
    CHECK(
        asked_as(add("hold-c.1", {"c.1"})) ==
        "POST /bridges/hold-c.1/addChannel?channel=c.1&role=participant"
    );
    CHECK(
        asked_as(add("conv-c.1", {"c.1", "agent-c.1-1"})) ==
        "POST /bridges/conv-c.1/addChannel?channel=c.1%2Cagent-c.1-1"
    );
    CHECK(
        asked_as(play_to_bridge("hold-c.1", "pos-c.1", "sound:hotline/welcome")) ==
        "POST /bridges/hold-c.1/play?media=sound%3Ahotline%2Fwelcome&playbackId=pos-c.1"
    );
    CHECK(
        asked_as(play_to_channel("c.1", "bye-c.1", "sound:bye")) ==
        "POST /channels/c.1/play?media=sound%3Abye&playbackId=bye-c.1"
    );
    CHECK(asked_as(stop_sound("bye-c.1")) == "DELETE /playbacks/bye-c.1");
    CHECK(
        asked_as(record("conv-c.1", "rec-c.1")) ==
        "POST /bridges/conv-c.1/record?name=rec-c.1&format=wav&ifExists=fail"
    );
    CHECK(asked_as(stop_recording("rec-c.1")) == "POST /recordings/live/rec-c.1/stop");
    CHECK(asked_as(close_bridge("conv-c.1")) == "DELETE /bridges/conv-c.1");
    CHECK(asked_as(hang_up("c.1")) == "DELETE /channels/c.1?reason=normal");
    CHECK(
        asked_as(send_on("c.1", "fallback")) ==
        "POST /channels/c.1/continue?context=fallback&extension=s&priority=1"
    );
    CHECK(asked_as(claim("c.1")) == "POST /events/claim?channelId=c.1&application=hotline-a");
    CHECK(
        asked_as(follow("c.1")) ==
        "POST /applications/hotline-a/subscription?eventSource=channel%3Ac.1"
    );
    CHECK(asked_as(ask_endpoint("PJSIP/1001")) == "GET /endpoints/PJSIP/1001");
    CHECK(asked_as(ask_channel("c.1")) == "GET /channels/c.1");
    CHECK(asked_as({.deed = Deed::ask_channels}) == "GET /channels");
    CHECK(asked_as({.deed = Deed::ask_bridges}) == "GET /bridges");
    CHECK(
        asked_as({.deed = Deed::fetch_recording, .target = "rec-c.1"}) ==
        "GET /recordings/stored/rec-c.1/file"
    );
    CHECK(asked_as({.deed = Deed::ask_recordings}) == "GET /recordings/stored");
    CHECK(
        asked_as({.deed = Deed::remove_recording, .target = "rec-c.1"}) ==
        "DELETE /recordings/stored/rec-c.1"
    );
    CHECK(
        asked_as({.deed = Deed::be_spared})
            .starts_with(
                R"(PUT /applications/hotline-a/eventFilter {"disallowed":[{"type":"ChannelVarset"},)"
            )
    );
}

TEST_CASE("A4: a leg is rung under a name of ours and shows whose call it is") {
    const auto command = ring("agent-c.1-2", {"PJSIP/1002", "c.1", "agent", "13900000001", 15});
    CHECK(
        asked_as(command) ==
        "POST /channels?endpoint=PJSIP%2F1002&app=hotline-a&appArgs=agent%2Cc.1&"
        "channelId=agent-c.1-2&callerId=%2213900000001%22%20%3C13900000001%3E&timeout=15&"
        R"(originator=c.1 {"variables":{"HOTLINE_CALL_ID":"c.1"}})"
    );
    CHECK(
        asked_as(ring("third-c.1-1", {"PJSIP/2", "c.1", "third", "", 30})).find("callerId") ==
        std::string::npos
    );
    const auto alone = asked_as(
        ring("agent-c.1-1", {.endpoint = "PJSIP/2", .call = "c.1", .role = "agent", .alone = true})
    );
    CHECK(alone.find("originator") == std::string::npos);
}

TEST_CASE("A26, A27: an agent hears ringing, and a shift lead hears by a channel made of his") {
    CHECK(asked_as(ring_tone("agent-c.1-1", true)) == "POST /channels/agent-c.1-1/ring");
    CHECK(asked_as(ring_tone("agent-c.1-1", false)) == "DELETE /channels/agent-c.1-1/ring");
    CHECK(
        asked_as(overhear("agent-c.1-1", "ear-c.1-1", "c.1", false)) ==
        "POST /channels/agent-c.1-1/snoop/ear-c.1-1?spy=both&whisper=none&app=hotline-a&"
        "appArgs=ear%2Cc.1"
    );
    CHECK(
        asked_as(overhear("agent-c.1-1", "ear-c.1-1", "c.1", true)).find("whisper=out") !=
        std::string::npos
    );
}

TEST_CASE("A5: what was asked twice is there, and what people left is gone: neither is a fault") {
    CHECK(outcome_of(answer("c"), 204) == Outcome::done);
    CHECK(outcome_of(answer("c"), 404) == Outcome::gone);
    CHECK(outcome_of(add("hold-c", {"c"}), 400) == Outcome::gone);
    CHECK(outcome_of(add("hold-c", {"c"}), 404) == Outcome::failed);
    CHECK(outcome_of(answer("c"), 409) == Outcome::not_ours);
    CHECK(outcome_of(answer("c"), 412) == Outcome::not_ours);
    CHECK(outcome_of(open_hold("hold-c"), 409) == Outcome::there_already);
    CHECK(outcome_of(ring("agent-c-1", {}), 409) == Outcome::there_already);
    CHECK(outcome_of(ring("agent-c-1", {}), 400) == Outcome::failed);
    CHECK(outcome_of(add("conv-c", {"c"}), 400) == Outcome::gone);
    CHECK(outcome_of(add("conv-c", {"c"}), 422) == Outcome::not_ours);
    CHECK(outcome_of(add("conv-c", {"c"}), 500) == Outcome::failed);
    CHECK(outcome_of(add("conv-c", {"c"}), 0) == Outcome::failed);
    CHECK(is_achieved(hang_up("c"), 404));
    CHECK(is_achieved(stop_recording("rec-c"), 404));
    CHECK(is_achieved(record("conv-c", "rec-c"), 409));
    CHECK_FALSE(is_achieved(answer("c"), 404));
    CHECK_FALSE(is_achieved(hang_up("c"), 500));
}

TEST_CASE("A5: a chain ends where what follows makes no sense any more, and nowhere else") {
    CHECK(ends_chain(answer("c"), 404));
    CHECK(ends_chain(add("conv-c", {"c"}), 500));
    CHECK_FALSE(ends_chain(add("conv-c", {"c"}), 204));
    CHECK_FALSE(ends_chain(stop_recording("rec-c"), 500));
    CHECK_FALSE(ends_chain(record("conv-c", "rec-c"), 500));
}

TEST_CASE("A11: only a telephone that is said to be offline is not rung") {
    auto question = ask_endpoint("PJSIP/1001");
    question.call = "agent-c.1-3";
    const auto seen = [&](unsigned status, std::string_view body) {
        return input_of(question, status, body);
    };
    const auto online = seen(200, R"({"state":"online"})");
    REQUIRE(online);
    CHECK(std::get<EndpointSeen>(*online).reachable);
    CHECK(std::get<EndpointSeen>(*online).attempt == 3);
    CHECK(std::get<EndpointSeen>(*seen(200, R"({"state":"unknown"})")).reachable);
    CHECK_FALSE(std::get<EndpointSeen>(*seen(200, R"({"state":"offline"})")).reachable);
    CHECK(std::holds_alternative<CommandFailed>(*seen(404, "")));
    CHECK_FALSE(input_of(answer("c"), 204, ""));
}
