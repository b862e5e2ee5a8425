#include "tests/unit/ari/ari_world.hpp"

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

TEST_CASE("A20: after a restart a waiting call keeps its place and a conversation goes on") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto talking = world.pbx.call("13900000001");
    world.run_for(3s);
    const auto waiting = world.pbx.call("13900000002");
    world.run_for(2s);
    world.restart(
        {{.call = talking, .offered_at = AriWorld::start, .answered = true},
         {.call = waiting, .offered_at = AriWorld::start + 2500ms}}
    );
    CHECK(world.stage(talking) == Stage::talking);
    CHECK(world.stage(waiting) == Stage::waiting);
    CHECK(world.lost.empty());
    world.pbx.set_phone("1002", {.hangs_up_after = 2s});
    world.agents = {"1002"};
    world.run_for(2s);
    CHECK(world.stage(waiting) == Stage::talking);
    world.pbx.hang_up(talking);
    world.run_for(60s);
    CHECK(world.story(talking).state == CallState::ended);
    CHECK(world.story(waiting).state == CallState::ended);
    CHECK(world.is_empty());
    for (const auto& call : {talking, waiting}) {
        CHECK(std::ranges::count(world.kinds(call), CtiKind::ended) == 1);
    }
}

TEST_CASE("A20: a caller whose agent hung up meanwhile is not left in silence") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.restart({{.call = call, .answered = true}});
    CHECK(world.stage(call) == Stage::surveying);
    CHECK(world.story(call).state == CallState::ended);
    world.pbx.press(call, '4');
    world.run_for(5s);
    CHECK(world.scores.size() == 1);
    CHECK(world.is_empty());
}

TEST_CASE("A20: that an agent had answered who is gone by now is told when nobody could note it") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    const auto noted = world.taken.size();
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.restart({{.call = call, .attempt = 1, .extension = "1001", .token = "t-1001"}});
    CHECK(world.stage(call) == Stage::surveying);
    CHECK(world.taken.size() == noted + 1);
    CHECK(world.pbx.context_of(call).empty());
    CHECK(world.story(call).state == CallState::ended);
}

TEST_CASE("A20: an offer still open for somebody who was answered is not told as taken") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    const auto noted = world.taken.size();
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.run_for(100ms);
    world.restart(
        {{.call = call, .answered = true, .attempt = 2, .extension = "1002", .token = "t-1002"}}
    );
    CHECK(world.stage(call) == Stage::parting);
    CHECK(world.taken.size() == noted);
    CHECK(world.story(call).state == CallState::ended);
}

TEST_CASE("A20: an agent whose caller hung up meanwhile is freed, and the call is lost") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    world.pbx.hang_up(call);
    world.restart({{.call = call, .answered = true}, {.call = "never.1"}});
    CHECK(world.is_empty());
    CHECK(world.lost == std::vector<std::string>{"never.1", call});
}

TEST_CASE("A20: a telephone that still rings goes on ringing if the offer is known, and else not") {
    for (const bool known : {true, false}) {
        CAPTURE(known);
        AriWorld world;
        world.agents = {"1001"};
        world.pbx.set_phone("1001", {.answers_after = 5s});
        const auto call = world.pbx.call("13900000001");
        world.run_for(2s);
        KnownCall record{.call = call};
        if (known) {
            record.attempt = 1;
            record.token = "t-1001";
        }
        world.restart({record});
        CHECK(world.pbx.channel_of("1001").empty() == !known);
        world.run_for(5s);
        CHECK((world.stage(call) == Stage::talking) == known);
        CHECK(world.taken.size() == (known ? 1 : 0));
    }
}

TEST_CASE("A20: an agent who answered while we were away is brought together with his caller") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {.answers_after = 3s});
    const auto call = world.pbx.call("13900000001");
    world.run_for(2s);
    world.pbx.advance_to(world.pbx.now() + 3s);
    world.restart({{.call = call, .attempt = 1, .token = "t-1001"}});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::talking);
    CHECK(world.pbx.members("conv-" + call).size() == 2);
}

TEST_CASE(
    "A20: a held caller is still held, and a caller in no bridge goes to where no server is needed"
) {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto held = world.pbx.call("13900000001");
    world.run_for(3s);
    world.hear(held, Asked{Wish::hold});
    world.run_for(1s);
    const auto nowhere = world.pbx.call("13900000002");
    world.restart();
    CHECK(world.stage(held) == Stage::held);
    CHECK(world.pbx.context_of(nowhere) == "hotline-fallback");
    CHECK(world.story(nowhere).state == CallState::lost);
    world.hear(held, Asked{Wish::resume});
    world.run_for(1s);
    CHECK(world.stage(held) == Stage::talking);
}

TEST_CASE("A20: a caller in the middle of the survey is thanked and let go") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {.hangs_up_after = 2s});
    const auto call = world.pbx.call("13900000001");
    world.run_for(5s);
    REQUIRE(world.stage(call) == Stage::surveying);
    world.restart({{.call = call, .answered = true}});
    CHECK(world.stage(call) == Stage::parting);
    world.run_for(10s);
    CHECK(world.is_empty());
}

TEST_CASE(
    "A20: what another server's name started is followed, what is back in the dialplan left alone"
) {
    Channel theirs;
    theirs.id = "c.1";
    theirs.application = "Stasis";
    theirs.words = "hotline-b,inbound,12345";
    Channel elsewhere = theirs;
    elsewhere.id = "c.2";
    elsewhere.application = "Queue";
    const std::vector channels{theirs, elsewhere};
    const std::vector bridges{Bridge{"hold-c.1", true, {"c.1", "announcer.7"}}};
    const auto found = adopt(channels, bridges, {}, "hotline-a");
    REQUIRE(found.calls.size() == 1);
    CHECK(found.calls[0].call == "c.1");
    CHECK(found.calls[0].stage == Stage::waiting);
    CHECK(found.repairs == std::vector{follow("c.1")});
}
