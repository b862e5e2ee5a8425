#include "tests/unit/ari/ari_world.hpp"

using namespace hotline;
using namespace hotline::test;
using Manner = AriModel::Phone::Manner;
using Keys = std::vector<std::string>;

namespace {

constexpr auto citizen = "13900000001";

ScriptSettings with_number() {
    ScriptSettings settings;
    settings.shown_outside = "091312345";
    return settings;
}

// 1001 talks with the citizen; 1009 is the shift lead's telephone.
std::string talking(AriWorld& world) {
    world.agents = {"1001"};
    for (const auto* phone : {"1001", "1002", "1009"}) world.pbx.set_phone(phone, {});
    const auto call = world.pbx.call(citizen);
    world.run_for(3s);
    return call;
}

std::string dialled(AriWorld& world) {
    world.hear("out-1", Dial{"1001", "0913123456", "w"});
    world.run_for(4s);
    return "out-1";
}

bool was_shown(const AriWorld& world, const std::string& number) {
    return std::ranges::any_of(world.asked, [&](const std::string& one) {
        return one.find("callerId=%22" + number + "%22") != std::string::npos;
    });
}

}  // namespace

TEST_CASE("A25: each wish is answered once, when it is so") {
    AriWorld world;
    const auto call = talking(world);
    world.hear(call, Asked{Wish::hold, "", false, "a"});
    world.hear(call, Asked{Wish::resume, "", false, "b"});
    world.hear(call, Asked{Wish::resume, "", false, "c"});
    world.hear(call, Asked{Wish::add_third, "1002", false, "d"});
    CHECK(world.granted == Keys{"a", "b", "c"});
    world.run_for(2s);
    CHECK(world.granted.back() == "d");
    world.hear(call, Asked{Wish::drop_third, "", false, "e"});
    world.run_for(1s);
    CHECK(world.pbx.members("conv-" + call).size() == 2);
    world.hear(call, Asked{Wish::hang_up, "", false, "f"});
    CHECK(world.granted == Keys{"a", "b", "c", "d", "e", "f"});
    world.hear(call, Asked{Wish::hold, "", false, "g"});
    world.hear("nothing", Asked{Wish::hold, "", false, "h"});
    REQUIRE(world.refused.size() == 2);
    CHECK(world.refused[1].why == Refusal::not_talking);
}

TEST_CASE("A25: a call that ends, and a PBX that will not, end what was wished for") {
    AriWorld world;
    const auto call = talking(world);
    world.hear(call, Asked{Wish::drop_third, "", false, "nobody"});
    world.instead = [](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::add) return 500;
        return std::nullopt;
    };
    world.hear(call, Asked{Wish::hold, "", false, "broken"});
    world.pbx.set_phone("1002", {.manner = Manner::rings_only});
    world.hear(call, Asked{Wish::add_third, "1002", false, "late"});
    world.run_for(1s);
    world.pbx.hang_up(call);
    world.run_for(1s);
    std::map<std::string, Refusal> why;
    for (const auto& [of, key, refusal] : world.refused) why[key] = refusal;
    CHECK(why.size() == 3);
    CHECK(why.at("nobody") == Refusal::not_talking);
    CHECK(why.at("broken") == Refusal::not_done);
    CHECK(why.at("late") == Refusal::over);
    CHECK(world.granted.empty());
}

TEST_CASE("A26: a call of ours rings the agent, then the other end, and is a call like any other") {
    AriWorld world(with_number());
    world.pbx.set_phone("1001", {.answers_after = 500ms});
    world.pbx.set_phone("0913123456", {.answers_after = 2s});
    world.hear("out-1", Dial{"1001", "0913123456", "w"});
    world.run_for(1s);
    CHECK(world.pbx.hears_ringing("agent-out-1-1"));
    CHECK(world.story("out-1").state == CallState::ringing);
    CHECK(world.granted.empty());
    world.run_for(3s);
    CHECK(world.stage("out-1") == Stage::talking);
    CHECK(world.pbx.members("conv-out-1").size() == 2);
    CHECK_FALSE(world.pbx.hears_ringing("agent-out-1-1"));
    CHECK(world.granted == Keys{"w"});
    CHECK(was_shown(world, "091312345"));
    CHECK_FALSE(was_shown(world, "0913123456"));
    const auto story = world.story("out-1");
    CHECK(story.direction == telephony::Direction::out);
    CHECK(story.agent == "1001");
    CHECK(story.dnis == "0913123456");
    world.hear("out-1", Asked{Wish::hold, "", false, "h"});
    world.run_for(1s);
    CHECK(world.story("out-1").state == CallState::held);
    world.pbx.hang_up("agent-out-1-1");
    world.run_for(1s);
    CHECK(world.story("out-1").state == CallState::ended);
    CHECK(world.over == Keys{"out-1"});
    CHECK(world.is_empty());
}

TEST_CASE("A26: whom it does not reach, on either side, ends it and says why") {
    const auto comes_of = [](AriModel::Phone agent, AriModel::Phone other) {
        AriWorld world(with_number());
        world.pbx.set_phone("1001", agent);
        world.pbx.set_phone("0913123456", other);
        const auto call = dialled(world);
        world.run_for(40s);
        CHECK(world.is_empty());
        CHECK(world.story(call).state == CallState::ended);
        CHECK(world.over == Keys{call});
        CHECK(world.granted.empty());
        REQUIRE(world.refused.size() == 1);
        CHECK(world.refused[0].key == "w");
        return world.refused[0].why;
    };
    CHECK(comes_of({.manner = Manner::rings_only}, {}) == Refusal::own_phone);
    CHECK(comes_of({.manner = Manner::offline}, {}) == Refusal::own_phone);
    CHECK(comes_of({}, {.manner = Manner::busy}) == Refusal::not_reached);
    CHECK(comes_of({}, {.manner = Manner::rings_only}) == Refusal::not_reached);
    CHECK(comes_of({.hangs_up_after = 2s}, {.manner = Manner::rings_only}) == Refusal::over);
}

TEST_CASE("A26: the PBX that refuses the other end is not waited for") {
    AriWorld world(with_number());
    world.pbx.set_phone("1001", {});
    world.instead = [](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::ring && command.target == "out-1") return 400;
        return std::nullopt;
    };
    dialled(world);
    REQUIRE(world.refused.size() == 1);
    CHECK(world.refused[0].why == Refusal::not_reached);
    world.run_for(1s);
    CHECK(world.is_empty());
}

TEST_CASE("A26: a server that starts anew goes on with a talk of ours and lets go of what rings") {
    AriWorld world(with_number());
    world.pbx.set_phone("1001", {});
    world.pbx.set_phone("0913123456", {.answers_after = 1s});
    const auto call = dialled(world);
    KnownCall known{.call = call, .ani = "", .dnis = "", .offered_at = {}, .answered = true};
    world.restart({known});
    CHECK(world.stage(call) == Stage::talking);
    world.pbx.hang_up(call);
    world.run_for(1s);
    CHECK(world.is_empty());
    CHECK(world.story(call).direction == telephony::Direction::out);

    known.call = "out-2";
    world.pbx.set_phone("0913123456", {.answers_after = 5s});
    world.hear("out-2", Dial{"1001", "0913123456", "x"});
    world.run_for(3s);
    world.restart({known});
    CHECK(world.lost == Keys{"out-2"});
    world.run_for(10s);
    CHECK(world.is_empty());
}

TEST_CASE("A27: a shift lead hears both and nobody hears him, then the agent does, then all do") {
    AriWorld world;
    const auto call = talking(world);
    world.hear(call, Asked{Wish::listen, "1009", false, "a"});
    world.run_for(2s);
    CHECK(world.granted == Keys{"a"});
    const auto lead = world.pbx.channel_of("1009");
    CHECK(world.pbx.members("booth-" + call + "-1") == Keys{lead, "ear-" + call + "-1"});
    CHECK_FALSE(world.pbx.is_spoken_to("ear-" + call + "-1"));
    CHECK(world.pbx.members("conv-" + call).size() == 2);
    world.hear(call, Asked{Wish::whisper, "1009", false, "b"});
    world.run_for(1s);
    CHECK(world.pbx.is_spoken_to("ear-" + call + "-2"));
    CHECK_FALSE(world.pbx.has_channel("ear-" + call + "-1"));
    world.hear(call, Asked{Wish::barge, "1009", false, "c"});
    world.run_for(1s);
    CHECK(world.pbx.members("conv-" + call).size() == 3);
    CHECK(world.pbx.bridges() == 3);  // to wait in, to talk in, and to listen in again
    CHECK(world.pbx.members("booth-" + call + "-1").empty());
    world.hear(call, Asked{Wish::listen, "1009", false, "d"});
    world.run_for(1s);
    CHECK(world.pbx.members("booth-" + call + "-1") == Keys{lead, "ear-" + call + "-3"});
    CHECK(world.pbx.members("conv-" + call).size() == 2);
    world.hear(call, Asked{Wish::barge, "1009", false, "e"});
    world.run_for(1s);
    CHECK(world.granted == Keys{"a", "b", "c", "d", "e"});
    CHECK(world.story(call).agent == "1001");
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.run_for(1s);
    CHECK(world.story(call).agent == "1009");
    world.pbx.hang_up(lead);
    world.run_for(60s);
    CHECK(world.is_empty());
    CHECK(world.refused.empty());
}

TEST_CASE("A27: who listens is let go with the talk, and who hangs up leaves it as it was") {
    AriWorld world;
    const auto call = talking(world);
    world.hear(call, Asked{Wish::listen, "1009", false, "a"});
    world.run_for(2s);
    world.pbx.hang_up(world.pbx.channel_of("1009"));
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::talking);
    CHECK(world.pbx.channels() == 2);
    CHECK(world.pbx.bridges() == 2);  // to wait in and to talk in
    world.hear(call, Asked{Wish::listen, "1009", false, "b"});
    world.run_for(2s);
    world.pbx.hang_up(call);
    world.run_for(2s);
    CHECK(world.is_empty());
    CHECK(std::ranges::count(world.kinds(call), CtiKind::ended) == 1);
}

TEST_CASE("A27: his own telephone that is not answered, or a talk that cannot be heard, is told") {
    AriWorld world;
    const auto call = talking(world);
    world.pbx.set_phone("1009", {.manner = Manner::rejects});
    world.hear(call, Asked{Wish::listen, "1009", false, "a"});
    world.run_for(2s);
    world.pbx.set_phone("1009", {});
    world.instead = [](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::overhear) return 500;
        return std::nullopt;
    };
    world.hear(call, Asked{Wish::listen, "1009", false, "b"});
    world.run_for(2s);
    REQUIRE(world.refused.size() == 2);
    CHECK(world.refused[0].why == Refusal::own_phone);
    CHECK(world.refused[1].why == Refusal::not_done);
    CHECK(world.pbx.channels() == 2);
    CHECK(world.stage(call) == Stage::talking);
}

TEST_CASE("A27: whoever listens is found again by a server that starts") {
    AriWorld world;
    const auto call = talking(world);
    world.hear(call, Asked{Wish::listen, "1009", false, "a"});
    world.run_for(2s);
    world.restart({{.call = call, .answered = true}});
    CHECK(world.pbx.members("booth-" + call + "-1").size() == 2);
    world.hear(call, Asked{Wish::barge, "1009", false, "b"});
    world.run_for(1s);
    CHECK(world.granted == Keys{"a", "b"});
    CHECK(world.pbx.members("conv-" + call).size() == 3);
    CHECK(world.pbx.channels() == 3);
    world.pbx.hang_up(call);
    world.run_for(2s);
    CHECK(world.is_empty());
}
