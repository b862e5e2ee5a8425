#include "tests/unit/ari/ari_world.hpp"

#include <fstream>
#include <set>

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

namespace {

constexpr auto their_number = "13900000001";

AriModel::Phone talks_for(std::chrono::milliseconds time) {
    return {.answers_after = 1500ms, .hangs_up_after = time};
}

}  // namespace

TEST_CASE("A13: the caller is held with music, by the console and by the telephone's own key") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::hold});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::held);
    CHECK(world.pbx.members("hold-" + call) == std::vector{call});
    world.hear(call, Asked{Wish::resume});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::talking);
    world.pbx.hold_key(world.pbx.channel_of("1001"), true);
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::held);
    world.pbx.hold_key(world.pbx.channel_of("1001"), false);
    world.run_for(1s);
    CHECK(
        world.kinds(call) ==
        std::vector{
            CtiKind::offered,
            CtiKind::queued,
            CtiKind::ringing,
            CtiKind::answered,
            CtiKind::held,
            CtiKind::resumed,
            CtiKind::held,
            CtiKind::resumed
        }
    );
    CHECK(world.story(call).agent == "1001");
    world.hear(call, Asked{Wish::hang_up});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::surveying);
}

TEST_CASE("A7: a caller is held though a sentence of his waiting still plays") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {.answers_after = 300ms});
    const auto call = world.pbx.call(their_number);
    world.run_for(200ms);
    world.hear(call, SayPosition{1});  // waits behind the welcome
    world.run_for(1s);
    REQUIRE(world.stage(call) == Stage::talking);
    world.hear(call, Asked{Wish::hold});
    world.run_for(100ms);
    CHECK(world.stage(call) == Stage::held);
    CHECK(world.pbx.members("hold-" + call) == std::vector{call});
}

TEST_CASE("A5: a waiting bridge that is gone is made anew, and nobody is taken for gone with it") {
    AriWorld world;
    int failures = 1;
    world.instead = [&](const Command& command) -> std::optional<unsigned> {
        if (command.deed == Deed::add && failures-- > 0) return 404;
        return std::nullopt;
    };
    const auto call = world.pbx.call(their_number);
    world.run_for(6s);
    CHECK(world.stage(call) == Stage::waiting);
    CHECK(world.pbx.members("hold-" + call) == std::vector{call});
    CHECK(
        std::ranges::count(
            world.asked, "POST /bridges/hold-" + call + "?type=holding&name=hold-" + call
        ) == 2
    );
}

TEST_CASE("A13: an agent who hangs up while the caller is held ends the call, with its survey") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::hold});
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::surveying);
    CHECK(world.pbx.bridges() == 0);
}

TEST_CASE("A14: a transfer frees the agent and goes on with whoever answers there") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    world.pbx.set_phone("0913123456", talks_for(5s));
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::transfer, "0913123456", true, "w"});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::transferring);
    CHECK(world.freed == std::vector<std::string>{"1001"});
    CHECK(world.pbx.channel_of("1001").empty());
    world.run_for(2s);
    CHECK(world.stage(call) == Stage::talking);
    CHECK(world.pbx.members("conv-" + call).size() == 2);
    CHECK(world.story(call).agent == "0913123456");
    world.run_for(5s);
    CHECK(world.stage(call) == Stage::surveying);
    CHECK(world.story(call).state == CallState::ended);
    CHECK(world.refused.empty());
}

TEST_CASE("A14: a transfer nobody answers brings the caller back to his place in the queue") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    world.pbx.set_phone("1002", {.manner = Manner::busy});
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::transfer, "1002", false, "w"});
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::waiting);
    REQUIRE(world.refused.size() == 1);
    CHECK(world.refused[0].key == "w");
    CHECK(world.refused[0].why == Refusal::not_reached);
    CHECK(world.story(call).state == CallState::queued);
    world.agents = {"1003"};
    world.pbx.set_phone("1003", talks_for(2s));
    world.run_for(3s);
    CHECK(world.story(call).agent == "1003");
    world.run_for(30s);
    world.run_for(30s);
    CHECK(world.is_empty());
    CHECK(world.story(call).state == CallState::ended);
}

TEST_CASE("A15: a third joins the conversation, and it goes on without the agent") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    world.pbx.set_phone("0913123456", {});
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::add_third, "0913123456", true, "w"});
    world.run_for(3s);
    CHECK(world.pbx.members("conv-" + call).size() == 3);
    CHECK(world.story(call).agent == "1001");
    world.pbx.hang_up(world.pbx.channel_of("1001"));
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::talking);
    CHECK(world.story(call).agent == "0913123456");
    world.pbx.hang_up(world.pbx.channel_of("0913123456"));
    world.run_for(1s);
    CHECK(world.stage(call) == Stage::surveying);
    CHECK(std::ranges::count(world.kinds(call), CtiKind::ended) == 1);
}

TEST_CASE("A15: a third who leaves, or never comes, leaves the two as they are") {
    AriWorld world;
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    world.pbx.set_phone("1002", talks_for(1s));
    world.pbx.set_phone("1003", {.manner = Manner::rejects});
    const auto call = world.pbx.call(their_number);
    world.run_for(3s);
    world.hear(call, Asked{Wish::add_third, "1002", false, "a"});
    world.hear(call, Asked{Wish::add_third, "1003", false, "b"});
    world.run_for(6s);
    CHECK(world.stage(call) == Stage::talking);
    CHECK(world.pbx.members("conv-" + call).size() == 2);
    REQUIRE(world.refused.size() == 1);
    CHECK(world.refused[0].key == "b");
}

TEST_CASE("A13: what is asked for outside a conversation is refused") {
    AriWorld world;
    const auto call = world.pbx.call(their_number);
    world.run_for(1s);
    for (const auto wish :
         {Wish::hold, Wish::resume, Wish::transfer, Wish::add_third, Wish::hang_up}) {
        world.hear(call, Asked{wish, "1002", false, "w"});
    }
    CHECK(world.refused.size() == 5);
    CHECK(world.refused[0].why == Refusal::not_talking);
    CHECK(world.stage(call) == Stage::waiting);
}

TEST_CASE("A17: who presses 1 when he may is called back and rings nobody any more") {
    AriWorld world;
    const auto call = world.pbx.call(their_number);
    world.run_for(2s);
    world.pbx.press(call, '1');
    world.run_for(1s);
    CHECK(world.callbacks.empty());
    CHECK(world.stage(call) == Stage::waiting);
    world.hear(call, SayPosition{3});
    world.hear(call, OfferCallback{});
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {.manner = Manner::rings_only});
    world.run_for(1s);
    world.pbx.press(call, '1');
    world.run_for(10s);
    REQUIRE(world.callbacks.size() == 1);
    CHECK(world.callbacks[0].number == their_number);
    CHECK(world.callbacks[0].since == AriWorld::start);
    CHECK(world.left == std::vector{call});
    CHECK(world.story(call).state == CallState::ended);
    CHECK_FALSE(world.story(call).answered_at);
    CHECK(world.is_empty());
}

TEST_CASE("A29: his place and how long it will take are told one after the other, a file each") {
    AriWorld world;
    const auto call = world.pbx.call(their_number);
    world.run_for(5s);
    const auto said = [&](SayPosition told) {
        world.hear(call, told);
        return world.pbx.played("hold-" + call).back();
    };
    CHECK(said({3}) == "sound:hotline/position-3");
    CHECK(said({3, 4}) == "sound:hotline/position-3,sound:hotline/wait-4");
    CHECK(said({1, 0}) == "sound:hotline/position-1,sound:hotline/wait-under-1");
    CHECK(said({20, 20}) == "sound:hotline/position-20,sound:hotline/wait-20");
    // Farther back there is no sentence for the place, and then one that is true for any time.
    CHECK(said({21, 21}) == "sound:hotline/wait-over-20");
    const auto before = world.pbx.played("hold-" + call).size();
    world.hear(call, SayPosition{21});
    CHECK(world.pbx.played("hold-" + call).size() == before);
}

TEST_CASE("A29: whatever a script can say stands in the list of sentences to be spoken") {
    std::ifstream file(HOTLINE_SOUNDS_FILE);
    std::set<std::string> listed;
    for (std::string line; std::getline(file, line);) {
        listed.insert("sound:hotline/" + line.substr(0, line.find('\t')));
    }
    const ScriptSettings all;
    std::vector<std::string> said{
        all.greeting,
        all.callback_offer,
        all.callback_taken,
        all.survey_question,
        all.survey_again,
        all.goodbye,
        all.wait + "under-1",
        all.wait + "over-" + std::to_string(all.waits)
    };
    for (int n = 1; n <= all.positions; ++n) said.push_back(all.position + std::to_string(n));
    for (int n = 1; n <= all.waits; ++n) said.push_back(all.wait + std::to_string(n));
    for (const auto& sound : said) CHECK_MESSAGE(listed.contains(sound), sound);
}

TEST_CASE("A29: a city may have neither sentence, or one of them") {
    ScriptSettings settings;
    settings.position = "";
    AriWorld world(settings);
    const auto call = world.pbx.call(their_number);
    world.run_for(5s);
    world.hear(call, SayPosition{3, 4});
    CHECK(world.pbx.played("hold-" + call).back() == "sound:hotline/wait-4");
}

TEST_CASE("A18: a caller is sent away to leave a message, and that is no abandoned call") {
    AriWorld world;
    const auto call = world.pbx.call(their_number);
    world.run_for(1s);
    world.hear(call, SendAway{"hotline-message"});
    CHECK(world.pbx.context_of(call) == "hotline-message");
    CHECK(world.story(call).state == CallState::ended);
    CHECK(world.left.at(0) == call);
    CHECK(world.calls().open() == 0);
}
