// Which agent gets which call, one deed after the other (integrations/telephony, T25 to T31).
#include "tests/integration/calls/acd_world.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using telephony::AcdState;
using telephony::AgentPlace;
using telephony::AgentReason;
using telephony::AgentState;
using telephony::LeftAs;
using telephony::OfferFailure;

namespace {

constexpr AgentPlace is_ready{AgentState::ready, AgentReason::none};

}  // namespace

TEST_CASE("T27, T29: the call that waits longest is promised to who is idle longest, once") {
    AcdFloor floor(2);
    const auto own = floor.owner("a");
    CHECK(floor.match(own).empty());
    floor.enqueue(own, "late");
    floor.enqueue(own, "early", {}, 9s);
    floor.enqueue(own, "last");
    const auto offers = floor.match(own);
    REQUIRE(offers.size() == 2);
    CHECK(offers[0].call_id == "early");
    CHECK(offers[0].agent == floor.agents[0]);
    CHECK(offers[0].extension == "8001");
    CHECK(offers[0].attempt == 1);
    CHECK(offers[0].ring == 15s);
    CHECK(offers[0].lease_until == floor.clock + 20s);
    CHECK(floor.place(0).state == AgentState::reserved);
    CHECK(floor.match(own).empty());
    CHECK(floor.state("late") == AcdState::waiting);
    floor.check_logs();
}

TEST_CASE("a call that is told again waits once, keeps its time and comes back by intent alone") {
    AcdFloor floor(1);
    const auto own = floor.owner("a");
    CHECK(floor.enqueue(own, "c", {}, 30s));
    const auto since = floor.call("c").enqueued_at;
    CHECK(floor.enqueue(own, "c"));
    CHECK(floor.call("c").enqueued_at == since);
    CHECK_FALSE(floor.enqueue(floor.owner("b"), "c"));
    const auto offer = floor.match(own).at(0);
    CHECK(floor.enqueue(own, "c"));
    CHECK(floor.take(AcdFloor::key(offer)));
    CHECK(floor.take(AcdFloor::key(offer)));
    CHECK(floor.place(0).state == AgentState::talking);
    CHECK_FALSE(floor.enqueue(own, "c"));
    CHECK(floor.state("c") == AcdState::taken);
    // Whoever took it hands it back to the line.
    const auto back = floor.store.now([&](mysql::Connection& db) {
        return actions::enqueue_call(db, {"pbx", "c", floor.clock, 0s, {}, true}, own, floor.clock);
    });
    CHECK(back.waits);
    CHECK(back.agents == actions::MovedAgents{floor.agents[0]});
    CHECK(floor.state("c") == AcdState::waiting);
    CHECK(floor.call("c").enqueued_at == since);
    CHECK(floor.place(0).state == AgentState::wrap_up);
    floor.leave("c", LeftAs::abandoned);
    floor.leave("c", LeftAs::lost);
    CHECK(floor.call("c").left_as == static_cast<int>(LeftAs::abandoned));
    CHECK_FALSE(floor.enqueue(own, "c"));
    CHECK(floor.state("c") == AcdState::over);
}

TEST_CASE("what cannot be asked for is refused") {
    AcdFloor floor(0);
    const auto own = floor.owner("a");
    const auto asked = [&](std::vector<telephony::SkillWish> skills) {
        const auto done = floor.store.pool.transact_now([&](mysql::Connection& db) {
            return actions::enqueue_call(
                db, {"pbx", "c", floor.clock, 0s, skills}, own, floor.clock
            );
        });
        return done.has_value();
    };
    CHECK_FALSE(asked({{"two words", 1}}));
    CHECK_FALSE(asked({{"policy", 0}}));
    CHECK_FALSE(asked({{"policy", 6}}));
    CHECK_FALSE(asked(std::vector<telephony::SkillWish>(7, {"policy", 1})));
    CHECK(asked({{"政策", 5, true}}));
}

TEST_CASE("T26: skills are asked of the agents who have them, and less of them after a while") {
    AcdFloor floor(2);
    const mysql::SkillRow skill{floor.agents[1], "policy", 2};
    REQUIRE(floor.store.pool.transact_now([&](mysql::Connection& db) {
        return mysql::replace_skills(db, floor.agents[1], {&skill, 1});
    }));
    auto own = floor.owner("a");
    floor.enqueue(own, "c", {{"policy", 3}});
    CHECK(floor.match(own).empty());
    floor.clock += 30s;
    CHECK(floor.match(own).empty());  // silent too long itself
    floor.renew(own);
    REQUIRE(floor.take_over(own).size() == 1);
    const auto offers = floor.match(own);
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].agent == floor.agents[1]);
}

TEST_CASE("T30: what became of the ringing decides where the agent stands; the call keeps its place"
) {
    const std::pair<OfferFailure, AgentReason> cases[] = {
        {OfferFailure::no_answer, AgentReason::no_answer},
        {OfferFailure::rejected, AgentReason::rejected},
        {OfferFailure::busy, AgentReason::rejected},
        {OfferFailure::unreachable, AgentReason::device_lost},
    };
    AcdFloor floor(4);
    const auto own = floor.owner("a");
    floor.enqueue(own, "c", {}, 60s);
    for (std::size_t n = 0; n < std::size(cases); ++n) {
        floor.enqueue(own, "behind" + std::to_string(n));
        const auto offers = floor.match(own);
        REQUIRE_FALSE(offers.empty());
        CHECK(offers[0].call_id == "c");
        CHECK(offers[0].agent == floor.agents[n]);
        CHECK(offers[0].attempt == static_cast<int>(n) + 1);
        CHECK(floor.fail(AcdFloor::key(offers[0]), cases[n].first));
        CHECK_FALSE(floor.fail(AcdFloor::key(offers[0]), cases[n].first));
        CHECK_FALSE(floor.take(AcdFloor::key(offers[0])));
        CHECK(floor.place(n) == AgentPlace{AgentState::not_ready, cases[n].second});
        floor.leave("behind" + std::to_string(n), LeftAs::abandoned);
    }
    // Nobody it has not rung at is there, until a minute is over.
    floor.be_ready(floor.agents[0], floor.clock);
    CHECK(floor.match(own).empty());
    floor.clock += 61s;
    auto again = floor.owner("a");
    floor.take_over(again);
    CHECK(floor.match(again).at(0).agent == floor.agents[0]);
    floor.check_logs();
}

TEST_CASE("T20, T30: the event of a ringing in vain and the word of it are one step, in any order"
) {
    for (const bool event_first : {true, false}) {
        AcdFloor floor(1);
        const auto own = floor.owner("a");
        floor.enqueue(own, "c");
        const auto offer = floor.match(own).at(0);
        const auto tell = [&] {
            auto told = event("c", telephony::CtiKind::no_answer, "n", 16);
            told.agent = "8001";
            floor.store.now([&](mysql::Connection& db) {
                return actions::record_cti_events(db, "pbx", {&told, 1}, floor.clock + 16s);
            });
        };
        if (event_first) tell();
        floor.fail(AcdFloor::key(offer), OfferFailure::no_answer);
        if (!event_first) tell();
        CHECK(floor.place(0) == AgentPlace{AgentState::not_ready, AgentReason::no_answer});
        CHECK(floor.state("c") == AcdState::waiting);
        const auto alarms = floor.store.now([&](mysql::Connection& db) {
            return mysql::repeated_moves(
                db, static_cast<int>(AgentReason::no_answer), floor.clock - 1h
            );
        });
        CHECK(alarms.empty());
        floor.check_logs();
    }
}

TEST_CASE("T29: a promise nobody ends runs out: the agent keeps his place in line, the call its own"
) {
    AcdFloor floor(2);
    auto own = floor.owner("a");
    floor.enqueue(own, "c", {}, 60s);
    const auto offer = floor.match(own).at(0);
    floor.clock = offer.lease_until - 1ms;
    CHECK(floor.release() == 0);
    floor.clock += 1ms;
    CHECK(floor.release() == 1);
    CHECK(floor.release() == 0);
    CHECK(floor.place(0) == is_ready);
    CHECK_FALSE(floor.take(AcdFloor::key(offer)));
    floor.renew(own);
    floor.take_over(own);
    const auto next = floor.match(own);
    REQUIRE(next.size() == 1);
    CHECK(next[0].agent == floor.agents[1]);
    CHECK(next[0].attempt == 2);
    floor.check_logs();
}

TEST_CASE(
    "a caller who leaves while it rings sets the agent free, one who leaves a talk makes a wrap-up"
) {
    AcdFloor floor(1);
    const auto own = floor.owner("a");
    floor.enqueue(own, "c");
    floor.match(own);
    floor.leave("c", LeftAs::abandoned);
    CHECK(floor.place(0) == is_ready);
    floor.enqueue(own, "d");
    CHECK(floor.take(AcdFloor::key(floor.match(own).at(0))));
    floor.leave("d", LeftAs::answered);
    CHECK(floor.place(0).state == AgentState::wrap_up);
    floor.leave("nobody knows it", LeftAs::lost);
}

TEST_CASE("T28: an earlier call of a living server keeps its agent, of a dead one it does not") {
    AcdFloor floor(1);
    auto a = floor.owner("a");
    auto b = floor.owner("b");
    floor.enqueue(a, "early", {}, 9s);
    floor.enqueue(b, "late");
    CHECK(floor.match(b).empty());
    floor.clock += 5s;
    floor.renew(b);
    CHECK(floor.match(a).empty());
    floor.enqueue(b, "later");
    CHECK(floor.match(b).at(0).call_id == "later");
}

TEST_CASE("T28: a telephone with two people, a platform's agent and a closed account get no call") {
    AcdFloor floor(3);
    const auto own = floor.owner("a");
    const auto twin = floor.store.account("twin", ticketing::Role::agent, "8099");
    floor.be_ready(twin, floor.clock);
    floor.store.now([&](mysql::Connection& db) -> Result<std::uint64_t> {
        // As it could be before T53.
        const auto same =
            db.execute("UPDATE account SET extension='8001' WHERE id=?", {twin.value});
        if (!same) return same;
        const auto told = db.execute(
            "UPDATE agent_standing SET told_at=since WHERE account_id=?", {floor.agents[1].value}
        );
        if (!told) return told;
        return db.execute("UPDATE account SET disabled=1 WHERE id=?", {floor.agents[2].value});
    });
    for (const char* call : {"c1", "c2", "c3"}) floor.enqueue(own, call);
    const auto offers = floor.match(own);
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].agent == floor.agents[0]);
}

TEST_CASE("T32: the line as callers are told it, with what is known of its speed") {
    AcdFloor floor(2);
    const auto own = floor.owner("a");
    for (const char* call : {"c1", "c2", "c3"}) floor.enqueue(own, call);
    const auto offers = floor.match(own);
    floor.take(AcdFloor::key(offers.at(0)));
    const auto begun = floor.clock;
    floor.clock += 100s;
    floor.leave("c1", LeftAs::answered);
    const auto line =
        floor.store.now([&](mysql::Connection& db) { return actions::read_line(db, floor.clock); });
    REQUIRE(line.entries.size() == 2);
    CHECK(line.entries[0].call_id == "c2");
    CHECK(line.entries[0].offered);
    CHECK(line.entries[1].enqueued_at == begun);
    CHECK(line.figures == telephony::LineFigures{2, 1, 130s});
}
