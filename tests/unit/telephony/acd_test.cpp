#include "integrations/telephony/acd.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace hotline::telephony;
using hotline::ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr Instant nine{1'795'420'800'000ms};

WaitingCall waiting(
    std::string call, std::chrono::seconds since, std::vector<SkillWish> skills = {}
) {
    WaitingCall made;
    made.source = "pbx";
    made.call_id = std::move(call);
    made.enqueued_at = nine - since;
    made.skills = std::move(skills);
    return made;
}

FreeAgent idle(std::uint64_t id, std::chrono::seconds since, std::vector<AgentSkill> skills = {}) {
    return {{id}, nine - since, std::move(skills)};
}

// "a>2 b>1": who gets whom.
std::string paired(
    const std::vector<WaitingCall>& calls, const std::vector<FreeAgent>& agents, Instant now = nine
) {
    std::string text;
    for (const Pairing& pair : pair_up(calls, agents, now)) {
        if (!text.empty()) text += ' ';
        text += calls[pair.call].call_id + ">" + std::to_string(agents[pair.agent].id.value);
    }
    return text;
}

}  // namespace

TEST_CASE("T25: first come first served, a bonus counts as time waited, equal times by name") {
    auto urgent = waiting("urgent", 5s);
    urgent.bonus = 60s;
    const std::vector calls{waiting("late", 10s), waiting("early", 40s), urgent};
    CHECK(paired(calls, {idle(1, 9s), idle(2, 8s)}) == "urgent>1 early>2");
    CHECK(paired({waiting("b", 7s), waiting("a", 7s)}, {idle(1, 9s)}) == "a>1");
}

TEST_CASE("T25: who came first goes first where a bonus makes two equal") {
    auto given = waiting("a", 10s);
    given.bonus = 20s;
    CHECK(paired({given, waiting("b", 30s)}, {idle(1, 9s)}) == "b>1");
}

TEST_CASE("T27: the longest idle gets the call, of two alike the one with the lower number") {
    CHECK(paired({waiting("a", 1s)}, {idle(3, 5s), idle(2, 50s), idle(1, 20s)}) == "a>2");
    CHECK(paired({waiting("a", 1s)}, {idle(3, 5s), idle(2, 5s)}) == "a>2");
}

TEST_CASE("T26: all skills at the level asked; a level lower after a while; the optional dropped") {
    const std::vector<SkillWish> wishes{{"policy", 3}, {"english", 2, true}};
    const auto agent = idle(1, 60s, {{"policy", 2}});
    const auto fits_after = [&](std::chrono::seconds waited, const FreeAgent& who) {
        return fits(waiting("a", waited, wishes), who, nine);
    };
    CHECK_FALSE(fits_after(0s, agent));
    CHECK_FALSE(fits_after(30s, agent));
    CHECK_FALSE(fits_after(59s, agent));
    CHECK(fits_after(60s, agent));
    CHECK(fits_after(0s, idle(2, 1s, {{"policy", 3}, {"english", 5}})));
    const auto beginner = idle(3, 1s, {{"policy", 2}, {"english", 1}});
    CHECK_FALSE(fits_after(29s, beginner));
    CHECK(fits_after(30s, beginner));
    // What is asked for at the lowest level is never given up, unless it is optional.
    CHECK_FALSE(fits(waiting("a", 900s, {{"policy", 1}}), idle(4, 1s), nine));
}

TEST_CASE("T27: an earlier call that nobody fits holds up no later one") {
    const std::vector calls{waiting("a", 40s, {{"policy", 4}}), waiting("b", 3s)};
    CHECK(paired(calls, {idle(1, 9s)}) == "b>1");
}

TEST_CASE("T30: an agent is left out for a minute by the call that came to nothing with him") {
    auto call = waiting("a", 30s);
    exclude(call.excluded, {1}, nine);
    exclude(call.excluded, {1}, nine + 1s);
    CHECK(call.excluded.size() == 1);
    CHECK(paired({call}, {idle(1, 900s), idle(2, 2s)}) == "a>2");
    CHECK(paired({call}, {idle(1, 900s)}, nine + 60s).empty());
    CHECK(paired({call}, {idle(1, 900s)}, nine + 61s) == "a>1");
    exclude(call.excluded, {2}, nine + 90s);
    CHECK(call.excluded == std::vector<Exclusion>{{{2}, nine + 150s}});
}

TEST_CASE("T30: busy is a refusal, since telephones say so when one is pressed away") {
    CHECK(word_of(OfferFailure::no_answer) == CallWord::no_answer);
    CHECK(word_of(OfferFailure::rejected) == CallWord::rejected);
    CHECK(word_of(OfferFailure::busy) == CallWord::rejected);
    CHECK(word_of(OfferFailure::unreachable) == CallWord::unreachable);
}

TEST_CASE("T29: a promise outlasts the ringing, so that one clock alone ends it") {
    CHECK(offer_lease >= ring_time + 3s);
}

TEST_CASE("skills and exclusions are kept as texts and read back, rubbish left out") {
    const std::vector<SkillWish> wishes{{"政策", 3}, {"english", 1, true}};
    CHECK(skills_text(wishes) == "政策:3 english:1?");
    CHECK(skills_of(skills_text(wishes)) == wishes);
    CHECK(skills_of("").empty());
    CHECK(skills_of("x y: :3 z:4a w:2 ?:1") == std::vector<SkillWish>{{"w", 2}});
    const std::vector<Exclusion> excluded{{{17}, nine}, {{4}, nine + 9s}};
    CHECK(excluded_of(excluded_text(excluded)) == excluded);
    CHECK(excluded_of("1 2:x y:3 ::").empty());
    CHECK(is_skill("企业开办政策"));
    CHECK_FALSE(is_skill(""));
    CHECK_FALSE(is_skill("a b"));
    CHECK_FALSE(is_skill("a:b"));
    CHECK_FALSE(is_skill("真的是一个非常非常非常长的技能的名字吗是的啊"));
}

TEST_CASE("T27: no agent twice, none unfit, none idle while a call waits that he fits, order kept"
) {
    std::mt19937 random(11);
    const std::string names[] = {"policy", "english", "tax"};
    for (int round = 0; round < 2000; ++round) {
        std::vector<WaitingCall> calls;
        std::vector<FreeAgent> agents;
        for (auto n = random() % 9; n > 0; --n) {
            auto agent = idle(1 + agents.size(), std::chrono::seconds(random() % 20));
            for (const auto& name : names) {
                if (random() % 2) agent.skills.push_back({name, 1 + int(random() % 5)});
            }
            agents.push_back(std::move(agent));
        }
        for (auto n = random() % 12; n > 0; --n) {
            auto call = waiting("c" + std::to_string(n), std::chrono::seconds(random() % 90));
            call.bonus = std::chrono::seconds(random() % 2 * (random() % 60));
            for (const auto& name : names) {
                if (random() % 3 == 0) {
                    call.skills.push_back({name, 1 + int(random() % 5), random() % 2 == 0});
                }
            }
            if (random() % 3 == 0) exclude(call.excluded, {1 + random() % 8}, nine - 20s);
            calls.push_back(std::move(call));
        }
        const auto pairs = pair_up(calls, agents, nine);
        std::set<std::size_t> served;
        std::set<std::size_t> taken;
        for (const Pairing& pair : pairs) {
            CHECK(served.insert(pair.call).second);
            CHECK(taken.insert(pair.agent).second);
            CHECK(fits(calls[pair.call], agents[pair.agent], nine));
        }
        for (std::size_t call = 0; call < calls.size(); ++call) {
            if (served.contains(call)) continue;
            for (std::size_t agent = 0; agent < agents.size(); ++agent) {
                if (!taken.contains(agent)) CHECK_FALSE(fits(calls[call], agents[agent], nine));
            }
            for (const Pairing& pair : pairs) {
                if (stands_before(calls[call], calls[pair.call])) {
                    CHECK_FALSE(fits(calls[call], agents[pair.agent], nine));
                }
            }
        }
        // The same in whatever order they are told.
        const auto text = paired(calls, agents);
        std::ranges::shuffle(calls, random);
        std::ranges::shuffle(agents, random);
        CHECK(paired(calls, agents) == text);
    }
}
