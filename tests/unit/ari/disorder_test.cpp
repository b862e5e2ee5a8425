#include "tests/unit/ari/ari_world.hpp"

#include <random>

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

namespace {

// What happened at a PBX in each of the ways a call may go.
struct Generated {
    std::string name;
    std::vector<Recorded> events;
};

template <class Play>
Generated generated(std::string name, Play play) {
    AriWorld world;
    world.pbx.set_phone("1001", {.hangs_up_after = 3s});
    world.pbx.set_phone("1002", {.hangs_up_after = 3s});
    play(world);
    CHECK(world.faults.empty());
    return {std::move(name), world.recorded};
}

void answered(AriWorld& world, char key) {
    world.agents = {"1001"};
    const auto call = world.pbx.call("13900000001");
    world.run_for(6s);
    if (key != ' ') world.pbx.press(call, key);
    world.run_for(40s);
}

void talking_ends_with_caller(AriWorld& world) {
    world.agents = {"1001"};
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    world.pbx.hang_up(call);
    world.run_for(1s);
}

void abandoned(AriWorld& world, bool ringing) {
    world.pbx.set_phone("1001", {.manner = Manner::rings_only});
    if (ringing) world.agents = {"1001"};
    const auto call = world.pbx.call("13900000001");
    world.run_for(4s);
    world.pbx.hang_up(call);
    world.run_for(1s);
}

void no_answer_then_second(AriWorld& world) {
    world.pbx.set_phone("1001", {.manner = Manner::rings_only});
    world.agents = {"1001", "1002"};
    world.pbx.call("13900000001");
    world.run_for(60s);
}

void transferred(AriWorld& world) {
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    world.hear(call, Asked{Wish::transfer, "1002", false, "w"});
    world.run_for(60s);
}

void three_talk(AriWorld& world) {
    world.agents = {"1001"};
    world.pbx.set_phone("1001", {.hangs_up_after = 20s});
    const auto call = world.pbx.call("13900000001");
    world.run_for(3s);
    world.hear(call, Asked{Wish::add_third, "1002", false, "w"});
    world.run_for(70s);
}

void calls_back(AriWorld& world) {
    const auto call = world.pbx.call("13900000001");
    world.run_for(2s);
    world.hear(call, OfferCallback{});
    world.pbx.press(call, '1');
    world.run_for(10s);
}

std::vector<Generated> all_scenarios() {
    return {
        generated("answered and scored", [](auto& world) { answered(world, '5'); }),
        generated("answered, no score", [](auto& world) { answered(world, ' '); }),
        generated("caller hangs up", talking_ends_with_caller),
        generated("abandoned in queue", [](auto& world) { abandoned(world, false); }),
        generated("abandoned while ringing", [](auto& world) { abandoned(world, true); }),
        generated("no answer, then the second", no_answer_then_second),
        generated("transferred", transferred),
        generated("three talk", three_talk),
        generated("callback", calls_back),
    };
}

void keeps_its_promises(const std::string& name, const std::vector<Recorded>& events) {
    const auto results = play(events);
    for (const auto& broken : broken_promises(results)) FAIL_CHECK(name << ": " << broken);
}

}  // namespace

TEST_CASE("A8: played again in their order, events come to what happened") {
    struct Row {
        std::string name, words;
    };
    for (const auto& [name, events] : all_scenarios()) {
        CAPTURE(name);
        const auto results = play(events);
        REQUIRE(results.size() == 1);
        CHECK(broken_promises(results).empty());
        CHECK(results[0].ends == 1);
        const auto words = in_words(results[0]);
        if (name == "answered and scored") {
            CHECK(words == "ended, answered by 1001 after 1.5 s, score 5, recorded");
        } else if (name.starts_with("abandoned")) {
            CHECK(words == "abandoned");
        } else if (name == "no answer, then the second") {
            CHECK(words == "ended, answered by 1002 after 16.5 s, recorded");
        }
    }
}

TEST_CASE("A8: events in any order, doubled, late or cut off leave each call with one end at most"
) {
    for (const auto& [name, events] : all_scenarios()) {
        const auto plain = play(events).at(0);
        CHECK(in_words(play(doubled(events)).at(0)) == in_words(plain));
        for (std::uint32_t seed = 0; seed < 60; ++seed) {
            // A key that comes before its question is none; all else is found in any order.
            const auto found = play(shuffled(events, seed)).at(0);
            if (name != "callback") CHECK(found.story.state == plain.story.state);
            CHECK(found.story.answered_at.has_value() == plain.story.answered_at.has_value());
            keeps_its_promises(name + ", shuffled", shuffled(events, seed));
            keeps_its_promises(name + ", late", delayed(doubled(events), 6, seed));
        }
        for (std::size_t size = 0; size < events.size(); ++size) {
            const auto cut = static_cast<std::ptrdiff_t>(size);
            keeps_its_promises(name + ", end missing", {events.begin(), events.begin() + cut});
            keeps_its_promises(name + ", start missing", {events.begin() + cut, events.end()});
        }
    }
}

TEST_CASE("A8: many calls and few agents: every call has one end, nobody talks twice, counts add up"
) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        std::mt19937 dice(seed);
        AriWorld world;
        for (const auto* agent : {"1001", "1002", "1003"}) {
            world.pbx.set_phone(agent, {.hangs_up_after = std::chrono::seconds(2 + dice() % 6)});
        }
        world.pbx.set_phone("1004", {.manner = Manner::rings_only});
        world.agents = {"1001", "1004", "1002", "1003"};
        std::vector<std::string> calls;
        std::size_t served = 0;
        for (int i = 0; i < 40; ++i) {
            calls.push_back(world.pbx.call("139000000" + std::to_string(10 + i)));
            world.run_for(std::chrono::milliseconds(dice() % 4000));
            if (dice() % 3 == 0) world.pbx.hang_up(calls[dice() % calls.size()]);
            // Who is free again is offered again.
            for (; served < world.taken.size(); ++served) {
                const auto agent = world.taken[served].token.substr(2);
                if (world.pbx.channel_of(agent).empty()) {
                    world.agents.push_back(agent);
                } else {
                    break;
                }
            }
        }
        for (const auto& call : calls) world.pbx.hang_up(call);
        world.run_for(40s);
        CHECK(world.faults.empty());
        CHECK(world.is_empty());
        std::map<CallState, std::size_t> counts;
        for (const auto& call : calls) ++counts[world.story(call).state];
        CHECK(counts[CallState::ended] + counts[CallState::abandoned] == calls.size());
        CHECK(counts[CallState::ended] >= 1);
        CHECK(world.over.size() == calls.size());
    }
}

TEST_CASE("A8: a recording is read by scenario, and says where it cannot be read") {
    const std::string event =
        R"({"type":"StasisEnd","timestamp":"2026-11-23T21:45:04.841+0000","channel":{"id":"c.1"}})";
    const std::string line =
        R"x({"rx":"2026-11-23T21:45:04.842Z","scenario":"killed(before)","event":)x" + event +
        "}\n";
    const auto read = read_recording(line + line);
    REQUIRE(read);
    REQUIRE(read->scenarios.size() == 1);
    CHECK(read->scenarios[0].name == "killed");
    CHECK(read->scenarios[0].events.size() == 2);
    CHECK(read_recording(line + "x").error() == "line 2: not a JSON object");
    CHECK(read_recording(R"({"rx":"x"})").error().starts_with("line 1: wants"));
    const auto nonsense = R"({"rx":"2026-11-23T21:45:04Z","scenario":"s","event":{}})";
    CHECK(read_recording(nonsense)->unread == 1);
}
