#include "tests/unit/ari/ari_world.hpp"

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

namespace {

constexpr auto caller = "13900000001";

AriModel::Phone answering(std::chrono::milliseconds talks) {
    return {.answers_after = 1500ms, .hangs_up_after = talks};
}

std::vector<std::string> with(std::vector<std::string> lines, const std::string& call) {
    for (auto& line : lines) {
        for (auto at = line.find("{c}"); at != std::string::npos; at = line.find("{c}")) {
            line.replace(at, 3, call);
        }
    }
    return lines;
}

}  // namespace

TEST_CASE("A7: an answered call is scored, and asks of the PBX what it has to in its order") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", answering(4s));
    const auto call = world.pbx.call(caller);
    world.run_for(7s);
    CHECK(world.stage(call) == Stage::surveying);
    world.pbx.press(call, '5');
    world.run_for(10s);

    CHECK(
        world.asked ==
        with(
            {"POST /channels/{c}/answer",
             "POST /bridges/hold-{c}?type=holding&name=hold-{c}",
             "POST /bridges/hold-{c}/addChannel?channel={c}&role=participant",
             "POST /bridges/hold-{c}/play?media=sound%3Ahotline%2Fwelcome&playbackId=pos-{c}",
             "POST /channels?endpoint=PJSIP%2F1001&app=hotline&appArgs=agent%2C{c}&"
             "channelId=agent-{c}-1&callerId=%2213900000001%22%20%3C13900000001%3E&timeout=15&"
             "originator={c}",
             "POST /bridges/conv-{c}?type=mixing%2Cdtmf_events%2Cproxy_media&name=conv-{c}",
             "POST /bridges/conv-{c}/addChannel?channel={c}%2Cagent-{c}-1",
             "POST /bridges/conv-{c}/record?name=rec-{c}&format=wav&ifExists=fail",
             "DELETE /bridges/hold-{c}",
             "POST /recordings/live/rec-{c}/stop",
             "DELETE /bridges/conv-{c}",
             "POST /channels/{c}/play?media=sound%3Ahotline%2Fsurvey&playbackId=survey-{c}",
             "DELETE /playbacks/survey-{c}",
             "POST /channels/{c}/play?media=sound%3Ahotline%2Fgoodbye&playbackId=bye-{c}",
             "DELETE /channels/{c}?reason=normal"},
            call
        )
    );
    CHECK(
        world.kinds(call) ==
        std::vector{
            CtiKind::offered,
            CtiKind::queued,
            CtiKind::ringing,
            CtiKind::answered,
            CtiKind::ended,
            CtiKind::recording_ready
        }
    );
    const auto story = world.story(call);
    CHECK(story.agent == "1001");
    CHECK(story.ani == caller);
    CHECK(story.dnis == "12345");
    CHECK(*story.answered_at - *story.offered_at == 1500ms);
    CHECK(*story.ended_at - *story.answered_at == 4s);
    REQUIRE(world.scores.size() == 1);
    CHECK(world.scores[0].score == 5);
    CHECK(world.taken.size() == 1);
    CHECK(world.taken[0].token == "t-1001");
    CHECK(world.over == std::vector{call});
    CHECK(world.is_empty());
}

TEST_CASE("A7: a caller who hangs up while talking frees the agent's telephone") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call(caller);
    world.run_for(5s);
    CHECK(world.stage(call) == Stage::talking);
    world.pbx.hang_up(call);
    world.run_for(1s);
    CHECK(world.story(call).state == CallState::ended);
    CHECK(world.story(call).recording == "rec-" + call);
    CHECK(world.scores.empty());
    CHECK(world.is_empty());
}

TEST_CASE("A7: who hangs up while he waits, or while it rings at somebody, has abandoned") {
    for (const bool ringing : {false, true}) {
        CAPTURE(ringing);
        AriWorld world;
        if (ringing) world.agents = {"1001"};
        world.pbx.set_phone("1001", {.manner = Manner::rings_only});
        const auto call = world.pbx.call(caller);
        world.run_for(4s);
        world.pbx.hang_up(call);
        world.run_for(2s);
        const auto story = world.story(call);
        CHECK(story.state == CallState::abandoned);
        CHECK(*story.ended_at - *story.queued_at == 4s);
        CHECK(world.left == std::vector{call});
        CHECK(world.failed.empty());
        CHECK(world.is_empty());
    }
}

TEST_CASE("A12: an agent who does not answer is told apart from one who cannot be reached") {
    struct Row {
        Manner manner;
        Failure why;
    };
    for (const auto& [manner, why] :
         {Row{Manner::rings_only, Failure::no_answer},
          Row{Manner::busy, Failure::busy},
          Row{Manner::rejects, Failure::rejected},
          Row{Manner::silent, Failure::unreachable},
          Row{Manner::offline, Failure::unreachable}}) {
        CAPTURE(static_cast<int>(manner));
        AriWorld world;
        world.agents = {"1001", "1002"};
        world.pbx.set_phone("1001", {.manner = manner});
        world.pbx.set_phone("1002", {});
        const auto call = world.pbx.call(caller);
        world.run_for(20s);
        REQUIRE(world.failed.size() == 1);
        CHECK(world.failed[0].why == why);
        CHECK(world.failed[0].attempt == 1);
        CHECK(world.failed[0].token == "t-1001");
        CHECK(world.story(call).agent == "1002");
        CHECK(world.stage(call) == Stage::talking);
        const auto kinds = world.kinds(call);
        const bool in_vain = std::ranges::count(kinds, CtiKind::no_answer) == 1;
        CHECK(in_vain == (why == Failure::no_answer));
    }
}

TEST_CASE("A12: a telephone the PBX does not know is unreachable, and is not rung") {
    AriWorld world;
    world.agents = {"1009"};
    const auto call = world.pbx.call(caller);
    world.run_for(1s);
    REQUIRE(world.failed.size() == 1);
    CHECK(world.failed[0].why == Failure::unreachable);
    CHECK(world.stage(call) == Stage::waiting);
    for (const auto& line : world.asked) CHECK(line.find("channelId") == std::string::npos);
}

TEST_CASE("A11: an offer that is withdrawn rings no more, and its answer comes too late") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call(caller);
    world.run_for(1s);
    world.hear(call, Withdrawn{1});
    world.run_for(5s);
    CHECK(world.stage(call) == Stage::waiting);
    CHECK(world.pbx.channel_of("1001").empty());
    CHECK(world.failed.empty());
}

TEST_CASE("A11: one agent at a time: another offer ends the one before") {
    AriWorld world;
    world.pbx.set_phone("1001", {.manner = Manner::rings_only});
    world.pbx.set_phone("1002", {});
    const auto call = world.pbx.call(caller);
    world.run_for(1s);
    world.hear(call, Offer{1, "1001", 15, "a"});
    world.hear(call, Offer{2, "1002", 15, "b"});
    world.hear(call, Offer{2, "1002", 15, "b"});
    world.run_for(3s);
    CHECK(world.taken.size() == 1);
    CHECK(world.taken[0].token == "b");
    CHECK(world.pbx.channel_of("1001").empty());
    world.hear(call, Offer{3, "1003", 15, "c"});
    CHECK(world.left == std::vector{call});
}

TEST_CASE("A16: a key that is no score is asked for once more, and so is silence") {
    for (const char key : {'9', ' '}) {
        CAPTURE(key);
        AriWorld world;
        world.agents = {"1001"};
        world.pbx.set_phone("1001", answering(2s));
        const auto call = world.pbx.call(caller);
        world.run_for(5s);
        REQUIRE(world.stage(call) == Stage::surveying);
        if (key == ' ') {
            world.run_for(13s);
        } else {
            world.pbx.press(call, key);
            world.run_for(1s);
        }
        CHECK(std::ranges::count_if(world.asked, [](const auto& line) {
                  return line.find("again-") != std::string::npos && line.starts_with("POST");
              }) == 1);
        world.pbx.press(call, '2');
        world.run_for(5s);
        REQUIRE(world.scores.size() == 1);
        CHECK(world.scores[0].score == 2);
        CHECK(world.is_empty());
    }
}

TEST_CASE("A16: who says nothing twice, or two wrong things, is thanked and let go") {
    for (const bool silent : {true, false}) {
        AriWorld world;
        world.agents = {"1001"};
        world.pbx.set_phone("1001", answering(2s));
        const auto call = world.pbx.call(caller);
        world.run_for(5s);
        for (const char key : {'#', '0'}) {
            if (!silent) world.pbx.press(call, key);
            world.run_for(silent ? 13s : 1s);
        }
        world.run_for(5s);
        CHECK(world.scores.empty());
        CHECK(world.is_empty());
    }
}

TEST_CASE("A16: without a survey the call ends with its good-bye, or at once") {
    ScriptSettings settings;
    settings.survey = false;
    for (const std::string goodbye : {"sound:hotline/goodbye", ""}) {
        settings.goodbye = goodbye;
        AriWorld world(settings);
        world.agents = {"1001"};
        world.pbx.set_phone("1001", answering(2s));
        const auto call = world.pbx.call(caller);
        world.run_for(7s);
        CHECK(world.is_empty());
        CHECK(world.story(call).state == CallState::ended);
    }
}
