#include "tests/unit/ari/ari_world.hpp"

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

namespace {

constexpr auto somebody = "13900000001";

}  // namespace

TEST_CASE("A9: a start that is told late is looked at before anything is asked of it") {
    for (const bool there : {true, false}) {
        CAPTURE(there);
        Calls calls{ScriptSettings{}};
        Event start;
        start.kind = EventKind::started;
        start.at = AriWorld::start;
        start.args = {"inbound", "12345"};
        start.channel.id = "c.1";
        const auto said = calls.hear(start, start.at + 3s);
        REQUIRE(said.outputs.size() == 2);
        CHECK(std::get<Command>(said.outputs[1]) == ask_channel("c.1"));
        const auto then = calls.hear("c.1", ChannelSeen{there}, start.at + 3s);
        CHECK((calls.find("c.1")->state().stage == Stage::waiting) == there);
        if (!there) CHECK(std::get<CtiEvent>(then.outputs.at(0)).kind == CtiKind::lost);
        CHECK(calls.hear("c.1", ChannelSeen{there}, start.at + 4s).outputs.empty());
    }
}

TEST_CASE("A10: a broadcast is claimed while we accept calls, and else left to the others") {
    AriWorld world;
    const auto taken = world.pbx.broadcast(somebody);
    world.run_for(1s);
    CHECK(world.asked.at(0) == "POST /events/claim?channelId=" + taken + "&application=hotline");
    CHECK(world.stage(taken) == Stage::waiting);
    world.calls().accept(false);
    const auto left = world.pbx.broadcast(somebody);
    world.run_for(1s);
    CHECK(world.calls().find(left) == nullptr);
    CHECK(world.pbx.context_of(left) == "hotline-fallback");
}

TEST_CASE("A19: a caller we cannot serve is sent where no server is needed") {
    AriWorld world;
    world.instead = [](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::open_hold) return 500;
        return std::nullopt;
    };
    const auto call = world.pbx.call(somebody);
    world.run_for(1s);
    CHECK(world.pbx.context_of(call) == "hotline-fallback");
    CHECK(world.story(call).state == CallState::lost);
    CHECK(world.left == std::vector{call});
}

TEST_CASE("A5: one failure is no reason to give a caller away") {
    AriWorld world;
    int failures = 1;
    world.instead = [&](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::add && failures-- > 0) return 500;
        return std::nullopt;
    };
    const auto call = world.pbx.call(somebody);
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::waiting);
    CHECK(world.pbx.members("hold-" + call) == std::vector{call});
}

TEST_CASE("A5: a caller that no command finds any more has left, told or not") {
    AriWorld world;
    world.instead = [&](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::answer) return 404;
        return std::nullopt;
    };
    const auto call = world.pbx.call(somebody);
    world.run_for(2s);
    CHECK(world.stage(call) == Stage::waiting);
    world.run_for(3s);
    CHECK(world.story(call).state == CallState::abandoned);
    CHECK(world.over == std::vector{call});
}

TEST_CASE(
    "A5: an agent who cannot be brought together with the caller is let go, the caller waits on"
) {
    for (const unsigned status : {409U, 500U, 0U}) {
        CAPTURE(status);
        AriWorld world;
        world.agents = {"1001", "1002"};
        world.pbx.set_phone("1001", {});
        world.pbx.set_phone("1002", {});
        int failures = 1;
        world.instead = [&](const Command& command) -> std::optional<unsigned> {
            const bool bridging = command.deed == Deed::add && command.channels.size() == 2;
            if (bridging && failures-- > 0) return status;
            return std::nullopt;
        };
        const auto call = world.pbx.call(somebody);
        world.run_for(8s);
        CHECK(world.stage(call) == Stage::talking);
        CHECK(world.story(call).agent == "1002");
        CHECK(world.pbx.channel_of("1001").empty());
    }
}

TEST_CASE("A12: a ring that the PBX refuses or does not answer is a telephone that is unreachable"
) {
    for (const unsigned status : {400U, 500U, 0U}) {
        AriWorld world;
        world.agents = {"1001"};
        world.pbx.set_phone("1001", {});
        world.instead = [&](const Command& command) -> std::optional<unsigned> {
            if (command.deed == Deed::ring) return status;
            return std::nullopt;
        };
        const auto call = world.pbx.call(somebody);
        world.run_for(1s);
        REQUIRE(world.failed.size() == 1);
        CHECK(world.failed[0].why == Failure::unreachable);
        CHECK(world.stage(call) == Stage::waiting);
    }
}

TEST_CASE("A8: an agent's leg of a call nobody tells us of is hung up") {
    Calls calls{ScriptSettings{}};
    Event up;
    up.kind = EventKind::started;
    up.at = AriWorld::start;
    up.args = {"agent", "c.1"};
    up.channel.id = "agent-c.1-1";
    CHECK(calls.hear(up, up.at).outputs.empty());
    const auto said = calls.tick(up.at + 6s);
    REQUIRE(said.size() == 1);
    CHECK(std::get<Command>(said[0].outputs.at(0)) == hang_up("agent-c.1-1"));
    CHECK(calls.tick(up.at + 11min).empty());
    CHECK(calls.find("c.1") == nullptr);
}

TEST_CASE("A8: a channel that came in as something else is no call of ours") {
    Calls calls{ScriptSettings{}};
    Event event;
    event.kind = EventKind::started;
    event.at = AriWorld::start;
    event.args = {"dial"};
    event.channel.id = "c.1";
    CHECK(calls.hear(event, event.at).outputs.empty());
    CHECK(calls.find("c.1") == nullptr);
    event.kind = EventKind::replaced;
    CHECK(calls.hear(event, event.at).call.empty());
}
