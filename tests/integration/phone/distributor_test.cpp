// Calls of a telephone exchange from their coming in to the agent's being ready again: the stand-in
// of an Asterisk, real stores, and one server or two.
#include "tests/integration/phone/exchange_world.hpp"

#include <algorithm>
#include <set>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using telephony::AgentReason;
using telephony::AgentState;
using Manner = AriModel::Phone::Manner;

namespace {

constexpr int over = static_cast<int>(telephony::AcdState::over);
constexpr int waiting = static_cast<int>(telephony::AcdState::waiting);

}  // namespace

TEST_CASE("T27: a call is claimed, rings at the agent who is ready, is recorded and over") {
    Floor floor(1);
    floor.set_phone("8001", {.answers_after = 20ms, .hangs_up_after = 200ms});
    floor.be_ready(0);
    PhoneServer server(floor, "a");
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    const auto call = floor.call_in();
    REQUIRE(await({&server}, [&] { return floor.state(call) == "ended"; }));
    CHECK(await({&server}, [&] { return floor.place_of(call) == over; }));
    CHECK(floor.place(0).state == AgentState::wrap_up);
    CHECK(
        floor.number("SELECT COUNT(*) FROM phone_call WHERE answered_at IS NOT NULL AND "
                     "agent_user_id IS NOT NULL AND ani='13900000001'") == 1
    );
    CHECK(await({&server}, [&] {
        return floor.pbx.with([](AriModel& model) { return model.channels() == 0; });
    }));
}

TEST_CASE("T28: who waits is rung through as soon as somebody becomes ready, at whatever server") {
    Floor floor(1);
    PhoneServer server(floor, "a");
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    const auto call = floor.call_in();
    REQUIRE(await({&server}, [&] { return floor.place_of(call) == waiting; }));
    CHECK(floor.state(call) == "queued");
    floor.be_ready(0);
    CHECK(await({&server}, [&] { return floor.state(call) == "talking"; }));
    CHECK(floor.place(0).state == AgentState::talking);
}

TEST_CASE("T30: whose telephone says busy or is not there is passed over, and says why") {
    Floor floor(3);
    floor.set_phone("8001", {.manner = Manner::busy});
    floor.set_phone("8002", {.manner = Manner::offline});
    PhoneServer server(floor, "a");
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    for (std::size_t agent = 0; agent < 3; ++agent) floor.be_ready(agent);
    const auto call = floor.call_in();
    CHECK(await({&server}, [&] { return floor.state(call) == "talking"; }));
    CHECK(floor.place(0) == telephony::AgentPlace{AgentState::not_ready, AgentReason::rejected});
    CHECK(floor.place(1) == telephony::AgentPlace{AgentState::not_ready, AgentReason::device_lost});
    CHECK(floor.place(2).state == AgentState::talking);
}

TEST_CASE(
    "a caller who hangs up while he waits, or while it rings, has abandoned and frees the agent"
) {
    Floor floor(1);
    floor.set_phone("8001", {.manner = Manner::rings_only});
    PhoneServer server(floor, "a");
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    const auto first = floor.call_in();
    REQUIRE(await({&server}, [&] { return floor.place_of(first) == waiting; }));
    floor.hang_up(first);
    CHECK(await({&server}, [&] { return floor.state(first) == "abandoned"; }));
    CHECK(await({&server}, [&] { return floor.place_of(first) == over; }));
    floor.be_ready(0);
    const auto second = floor.call_in();
    REQUIRE(await({&server}, [&] { return floor.place(0).state == AgentState::ringing; }));
    floor.hang_up(second);
    CHECK(await({&server}, [&] { return floor.state(second) == "abandoned"; }));
    CHECK(await({&server}, [&] { return floor.place(0).state == AgentState::ready; }));
}

TEST_CASE(
    "T31: a server that dies loses nobody: who waits and who talks is another's within seconds"
) {
    Floor floor(2);
    floor.be_ready(0);
    auto dying = std::make_unique<PhoneServer>(floor, "a");
    REQUIRE(await({dying.get()}, [&] { return dying->distributor().is_ready(); }));
    const auto talks = floor.call_in();
    REQUIRE(await({dying.get()}, [&] { return floor.state(talks) == "talking"; }));
    const auto waits = floor.call_in("13900000002");
    REQUIRE(await({dying.get()}, [&] { return floor.place_of(waits) == waiting; }));
    PhoneServer other(floor, "b");
    REQUIRE(await({dying.get(), &other}, [&] { return other.distributor().is_ready(); }));
    CHECK(other.distributor().open_calls() == 0);  // the other's are left alone
    dying.reset();
    const auto died = floor.pbx.now();
    REQUIRE(await({&other}, [&] { return other.distributor().open_calls() == 2; }));
    CHECK(floor.pbx.now() - died < 6s);
    floor.be_ready(1);
    CHECK(await({&other}, [&] { return floor.state(waits) == "talking"; }));
    CHECK(floor.place(1).state == AgentState::talking);
    for (const auto& call : {talks, waits}) floor.hang_up(call);
    for (const auto& call : {talks, waits}) {
        CHECK(await({&other}, [&] { return floor.state(call) == "ended"; }));
        CHECK(await({&other}, [&] { return floor.place_of(call) == over; }));
    }
    CHECK(floor.place(0).state == AgentState::wrap_up);
    CHECK(floor.place(1).state == AgentState::wrap_up);
}

TEST_CASE("T32, T60: where enough is known of the line a caller is told how long it will take") {
    Floor floor(1);
    floor.be_ready(0);
    auto dying = std::make_unique<PhoneServer>(floor, "a");
    REQUIRE(await({dying.get()}, [&] { return dying->distributor().is_ready(); }));
    const auto talks = floor.call_in();
    REQUIRE(await({dying.get()}, [&] { return floor.state(talks) == "talking"; }));
    const auto call = floor.call_in("13900000002");
    const auto played = [&] {
        return floor.pbx.with([&](AriModel& model) { return model.played("hold-" + call); });
    };
    // Nobody knows yet, and he has only just come.
    REQUIRE(await({dying.get()}, [&] { return played().size() == 2; }));
    CHECK(played().back() == "sound:hotline/position-1");
    dying.reset();
    // Another server tells him anew; since then twenty talks of ninety seconds were had.
    const auto now = floor.pbx.now();
    for (int n = 0; n < 20; ++n) {
        const std::string id = "earlier-" + std::to_string(n);
        floor.store.now([&](mysql::Connection& db) {
            return db.execute(
                "INSERT INTO acd_call (source,call_id,state,owner,token,enqueued_at,taken_at,"
                "left_at) VALUES ('ari',?,4,'a',1,?,?,?)",
                {id, now - 10min, now - 10min, now - 10min + 90s}
            );
        });
    }
    PhoneServer other(floor, "b");
    REQUIRE(await({&other}, [&] { return played().size() >= 3; }));
    // 90 s and the usual wrap-up of 30, for the one agent at work.
    CHECK(played().back() == "sound:hotline/position-1,sound:hotline/wait-2");
}

TEST_CASE("T31: who was answered by a server given up for dead too early is thanked, not sent away"
) {
    Floor floor(1);
    floor.be_ready(0);
    auto dying = std::make_unique<PhoneServer>(floor, "a");
    REQUIRE(await({dying.get()}, [&] { return dying->distributor().is_ready(); }));
    const auto call = floor.call_in();
    REQUIRE(await({dying.get()}, [&] { return floor.state(call) == "talking"; }));
    dying.reset();
    // That it was taken came under a token that was over, so the line knows nothing of it.
    floor.store.now([&](mysql::Connection& db) {
        return db.execute("UPDATE acd_call SET state=1,attempt=0,taken_by=NULL,taken_at=NULL");
    });
    floor.pbx.with([](AriModel& model) { model.hang_up(model.channel_of("8001")); });
    PhoneServer other(floor, "b");
    CHECK(await({&other}, [&] { return floor.state(call) == "ended"; }));
    CHECK(await({&other}, [&] { return floor.place_of(call) == over; }));
    const auto left_as = floor.number("SELECT left_as FROM acd_call");
    CHECK(left_as == static_cast<int>(telephony::LeftAs::answered));
    CHECK(floor.pbx.with([&](AriModel& model) { return model.context_of(call).empty(); }));
}

TEST_CASE("T31: a telephone that rings on for another server and brings nothing is not the last try"
) {
    Floor floor(2);
    floor.set_phone("8001", {.manner = Manner::rings_only});
    floor.be_ready(0);
    auto dying = std::make_unique<PhoneServer>(floor, "a");
    REQUIRE(await({dying.get()}, [&] { return dying->distributor().is_ready(); }));
    const auto call = floor.call_in();
    REQUIRE(await({dying.get()}, [&] { return floor.place(0).state == AgentState::ringing; }));
    dying.reset();
    PhoneServer other(floor, "b");
    REQUIRE(await({&other}, [&] { return other.distributor().open_calls() == 1; }));
    // It hears of the caller and of the telephone from now on.
    REQUIRE(await({&other}, [&] {
        const auto asked = floor.pbx.requests();
        return std::ranges::count(asked, "POST /applications/hotline-b/subscription") >= 2;
    }));
    floor.be_ready(1);
    floor.pbx.with([](AriModel& model) { model.hang_up(model.channel_of("8001"), 21); });
    CHECK(await({&other}, [&] { return floor.state(call) == "talking"; }));
    CHECK(floor.place(0).state == AgentState::not_ready);
    CHECK(floor.place(0).reason == AgentReason::rejected);
    CHECK(floor.place(1).state == AgentState::talking);
}

TEST_CASE("a caller with a number nobody could have is a call like any other") {
    Floor floor(1);
    floor.be_ready(0);
    PhoneServer server(floor, "a");
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    const auto call = floor.call_in("1234567890123456789012345");
    CHECK(await({&server}, [&] { return floor.state(call) == "talking"; }));
}

TEST_CASE("what the store refuses of one call keeps no other from the records") {
    Floor floor(2);
    for (const std::size_t agent : {0UZ, 1UZ}) floor.be_ready(agent);
    // Nothing of ours is refused any more as far as we know: so the store is told to.
    const auto alter = [&](const std::string& what) {
        floor.store.now([&](mysql::Connection& db) {
            return db.execute("ALTER TABLE phone_call " + what);
        });
    };
    alter("ADD CONSTRAINT none_of_his CHECK (ani<>'13900000666')");
    {
        PhoneServer server(floor, "a");
        REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
        const auto refused = floor.call_in("13900000666");
        const auto call = floor.call_in("13900000001");
        CHECK(await({&server}, [&] { return floor.state(call) == "talking"; }));
        CHECK(floor.state(refused) != "talking");
    }
    alter("DROP CONSTRAINT none_of_his");
}

TEST_CASE("A21: a server whose name another program has taken lets go of its calls") {
    Floor floor(1);
    PhoneServer replaced(floor, "a");
    REQUIRE(await({&replaced}, [&] { return replaced.distributor().is_ready(); }));
    const auto call = floor.call_in();
    REQUIRE(await({&replaced}, [&] { return floor.place_of(call) == waiting; }));
    floor.pbx.replace("hotline-a");
    REQUIRE(await({&replaced}, [&] { return !replaced.distributor().is_ready(); }));
    PhoneServer other(floor, "b");
    REQUIRE(await({&replaced, &other}, [&] { return other.distributor().open_calls() == 1; }));
    floor.be_ready(0);
    CHECK(await({&replaced, &other}, [&] { return floor.state(call) == "talking"; }));
}

TEST_CASE("T26: who calls a number that asks for a skill gets an agent who has it") {
    Floor floor(2);
    floor.teach(1, "政策", 2);
    const auto skills = phone::skills_by_number({"12345 政策:2"});
    REQUIRE(skills);
    PhoneServer server(floor, "a", *skills);
    REQUIRE(await({&server}, [&] { return server.distributor().is_ready(); }));
    for (std::size_t agent = 0; agent < 2; ++agent) floor.be_ready(agent);
    const auto call = floor.call_in();
    CHECK(await({&server}, [&] { return floor.state(call) == "talking"; }));
    CHECK(floor.place(0).state == AgentState::ready);
    CHECK(floor.place(1).state == AgentState::talking);
}

TEST_CASE("skills by number are read as they are written, or refused with the line") {
    const auto read = phone::skills_by_number({"12345 policy:2 english:1?", "12346 税务:3"});
    REQUIRE(read);
    CHECK(read->at("12345").size() == 2);
    CHECK(read->at("12345")[1] == telephony::SkillWish{"english", 1, true});
    for (const char* line :
         {"", "12345", "12345 ", "12345 policy", "12345 policy:x", "12345  a:1"}) {
        CAPTURE(line);
        const auto refused = phone::skills_by_number({line});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::validation_failed);
        CHECK(refused.error().detail.find('"' + std::string(line) + '"') != std::string::npos);
    }
}

TEST_CASE("a server is called at the exchange by what such names may have") {
    CHECK(phone::application_name("VM_1.example:8345") == "hotline-vm-1-example-8345");
    Floor floor(0);
    PhoneServer server(floor, "VM_1.example:8345");
    CHECK(await({&server}, [&] { return server.distributor().is_ready(); }));
}

TEST_CASE("two servers at one exchange: each of its calls has one owner, one agent and one end") {
    constexpr std::size_t calls = 40;
    Floor floor(6);
    for (std::size_t agent = 0; agent < floor.agents(); ++agent) {
        const auto extension = std::to_string(8001 + agent);
        floor.set_phone(extension, {.answers_after = 5ms, .hangs_up_after = 20ms});
    }
    PhoneServer one(floor, "a");
    PhoneServer two(floor, "b");
    const std::vector<PhoneServer*> both{&one, &two};
    REQUIRE(await(both, [&] {
        return one.distributor().is_ready() && two.distributor().is_ready();
    }));
    std::set<std::string> came;
    for (std::size_t n = 0; n < calls; ++n) came.insert(floor.call_in());
    REQUIRE(came.size() == calls);
    CHECK(await(both, [&] {
        for (std::size_t agent = 0; agent < floor.agents(); ++agent) {
            const auto state = floor.place(agent).state;
            if (state != AgentState::offline && state != AgentState::wrap_up) continue;
            floor.be_ready(agent);
        }
        return floor.number("SELECT COUNT(*) FROM acd_call WHERE state=4") ==
               static_cast<std::int64_t>(calls);
    }));
    CHECK(
        floor.number("SELECT COUNT(*) FROM phone_call WHERE state=8 AND answered_at IS NOT NULL") ==
        static_cast<std::int64_t>(calls)
    );
    // Nobody was talking to two: every talk of an agent ends before his next begins.
    CHECK(
        floor.number("SELECT COUNT(*) FROM phone_call x JOIN phone_call y ON x.id<y.id AND "
                     "x.agent_user_id=y.agent_user_id AND x.answered_at<y.ended_at AND "
                     "y.answered_at<x.ended_at") == 0
    );
}
