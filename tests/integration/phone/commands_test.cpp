// What people ask of calls, from the row of the database to the exchange and back: the stand-in of
// an Asterisk, real stores, and one server or two.
#include "server/actions/command_calls.hpp"
#include "tests/integration/phone/exchange_world.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using telephony::AgentState;
using telephony::CallAction;
using telephony::CommandEnd;
using telephony::CommandFault;
using Manner = AriModel::Phone::Manner;

namespace {

struct Asker {
    Floor& floor;
    std::size_t agent = 0;
    ticketing::Role role = ticketing::Role::agent;
    int asked = 0;

    Result<actions::CommandOnItsWay> ask(
        CallAction action, const std::string& call, const std::string& target = ""
    ) {
        actions::CommandToAsk command;
        command.action = action;
        command.call_id = call;
        command.actor = {.user = floor.account(agent), .role = role};
        command.key = std::to_string(++asked);
        command.target = target;
        command.outside = target.size() > 4;
        command.english = true;
        return floor.store.pool.transact_now([&](mysql::Connection& db) {
            return actions::ask_command(db, command, floor.pbx.now());
        });
    }
    std::uint64_t asks(CallAction action, const std::string& call, const std::string& target = "") {
        const auto asked_for = ask(action, call, target);
        REQUIRE(asked_for);
        return asked_for->command.id;
    }
    std::string refused(CallAction action, const std::string& call) {
        const auto answer = ask(action, call);
        REQUIRE_FALSE(answer);
        REQUIRE(answer.error().fields.size() == 1);
        return answer.error().fields[0].detail;
    }
};

// How it ended, once it has; none: done.
std::optional<CommandFault> outcome(
    const std::vector<PhoneServer*>& servers, const std::uint64_t id
) {
    std::optional<mysql::CallCommand> found;
    REQUIRE(await(servers, [&] {
        for (const auto* server : servers) {
            for (const auto& one : server->ended) {
                if (one.id == id) found = one;
            }
        }
        return found.has_value();
    }));
    REQUIRE(found->ended_as);
    if (*found->ended_as == static_cast<int>(CommandEnd::done)) return std::nullopt;
    return static_cast<CommandFault>(*found->fault);
}

// Reached, and what it can is known (T40).
bool is_able(Floor& floor, const std::vector<PhoneServer*>& servers) {
    return await(servers, [&] { return floor.number("SELECT COUNT(*) FROM call_commander") == 1; });
}

bool is_talking(Floor& floor, const std::vector<PhoneServer*>& servers, const std::string& call) {
    return await(servers, [&] { return floor.state(call) == "talking"; });
}

}  // namespace

TEST_CASE("T36: an agent holds, resumes and ends his call from his desk, and no other's") {
    Floor floor(2);
    for (std::size_t agent = 0; agent < 2; ++agent) floor.be_ready(agent);
    PhoneServer server(floor, "a");
    REQUIRE(is_able(floor, {&server}));
    const auto call = floor.call_in();
    REQUIRE(is_talking(floor, {&server}, call));
    const std::size_t talks = floor.place(0).state == AgentState::talking ? 0 : 1;
    Asker his{floor, talks};
    Asker other{floor, 1 - talks};
    CHECK(other.refused(CallAction::hold, call) == "You are not on this call.");
    CHECK(his.refused(CallAction::resume, call) == "The call is not in a state for that.");

    const auto hold = his.asks(CallAction::hold, call);
    server.distributor().commands_asked();
    CHECK_FALSE(outcome({&server}, hold));
    CHECK(floor.state(call) == "held");
    CHECK(floor.place(talks).state == AgentState::held);
    // Found by itself as well, where nobody rings.
    CHECK_FALSE(outcome({&server}, his.asks(CallAction::resume, call)));
    CHECK(floor.place(talks).state == AgentState::talking);
    CHECK_FALSE(outcome({&server}, his.asks(CallAction::hang_up, call)));
    CHECK(await({&server}, [&] { return floor.state(call) == "ended"; }));
    CHECK(floor.place(talks).state == AgentState::wrap_up);
    CHECK(his.refused(CallAction::hold, call) == "The call is over.");
}

TEST_CASE("T36: a call goes to a colleague, a third joins, and who is not reached is told of") {
    Floor floor(3);
    floor.be_ready(0);
    floor.set_phone("8003", {.manner = Manner::busy});
    floor.set_phone("0913123456", {.answers_after = 20ms});
    PhoneServer server(floor, "a");
    REQUIRE(is_able(floor, {&server}));
    const auto call = floor.call_in();
    REQUIRE(is_talking(floor, {&server}, call));
    Asker his{floor, 0};
    CHECK(
        outcome({&server}, his.asks(CallAction::conference, call, "8003")) ==
        CommandFault::not_reached
    );
    CHECK_FALSE(outcome({&server}, his.asks(CallAction::conference, call, "0913123456")));
    CHECK(floor.pbx.with([&](AriModel& model) {
        return model.members("conv-" + call).size();
    }) == 3);
    CHECK_FALSE(outcome({&server}, his.asks(CallAction::drop, call)));
    floor.be_ready(1);
    floor.set_phone("8002", {.answers_after = 500ms});
    const auto transfer = his.asks(CallAction::transfer, call, "8002");
    CHECK(await({&server}, [&] { return floor.place(0).state == AgentState::wrap_up; }));
    CHECK(floor.state(call) != "talking");
    CHECK_FALSE(outcome({&server}, transfer));
    CHECK(await({&server}, [&] { return floor.place(1).state == AgentState::talking; }));
}

TEST_CASE("T39: what is asked at one server is done by the one that has the call, or fails in time"
) {
    Floor floor(1);
    floor.be_ready(0);
    auto owner = std::make_unique<PhoneServer>(floor, "a");
    REQUIRE(is_able(floor, {owner.get()}));
    const auto call = floor.call_in();
    REQUIRE(is_talking(floor, {owner.get()}, call));
    PhoneServer other(floor, "b");
    REQUIRE(await({owner.get(), &other}, [&] { return other.distributor().is_ready(); }));
    Asker his{floor, 0};
    const auto hold = his.asks(CallAction::hold, call);
    other.distributor().commands_asked();
    CHECK_FALSE(outcome({owner.get(), &other}, hold));
    CHECK(other.ended.empty());

    owner.reset();
    const auto late = his.asks(CallAction::resume, call);
    const auto expired = [&](std::chrono::seconds after) {
        return floor.store.now([&](mysql::Connection& db) {
            return actions::expire_commands(db, floor.pbx.now() + after);
        });
    };
    CHECK(expired(1s).empty());
    const auto failed = expired(5s);
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].id == late);
    CHECK(failed[0].fault == static_cast<int>(CommandFault::not_taken));
    CHECK(expired(5s).empty());
}

TEST_CASE("T37: a call of ours rings who asked, then the other end, and nobody else rings at him") {
    Floor floor(1);
    floor.be_ready(0);
    floor.set_phone("0913123456", {.answers_after = 100ms});
    PhoneServer server(floor, "a");
    REQUIRE(is_able(floor, {&server}));
    Asker his{floor, 0};
    const auto asked = his.ask(CallAction::dial, "", "0913123456");
    REQUIRE(asked);
    const auto call = asked->command.call_id;
    REQUIRE(await({&server}, [&] { return floor.place(0).state == AgentState::reserved; }));
    CHECK_FALSE(outcome({&server}, asked->command.id));
    CHECK(is_talking(floor, {&server}, call));
    CHECK(floor.place(0).state == AgentState::talking);
    CHECK(
        floor.number("SELECT COUNT(*) FROM phone_call WHERE direction=2 AND dnis='0913123456' AND "
                     "ani='091312345' AND agent_user_id IS NOT NULL") == 1
    );
    CHECK(his.refused(CallAction::dial, "") == "Your telephone is on another call.");
    CHECK_FALSE(outcome({&server}, his.asks(CallAction::hang_up, call)));
    CHECK(await({&server}, [&] { return floor.state(call) == "ended"; }));
    CHECK(await({&server}, [&] { return floor.place(0).state == AgentState::wrap_up; }));
    CHECK(await({&server}, [&] {
        return floor.pbx.with([](AriModel& model) { return model.channels() == 0; });
    }));

    floor.set_phone("0913123456", {.manner = Manner::busy});
    CHECK(
        outcome({&server}, his.asks(CallAction::dial, "", "0913123456")) ==
        CommandFault::not_reached
    );
    CHECK(await({&server}, [&] { return floor.place(0).state == AgentState::ready; }));
    // T39: whom it was to reach is forgotten with its end.
    CHECK(floor.number("SELECT COUNT(*) FROM call_command WHERE outside=1 AND target<>''") == 0);
    CHECK(floor.number("SELECT COUNT(*) FROM call_command WHERE outside=1") == 2);
}

TEST_CASE("T36: a shift lead listens to a talk at his own telephone, then joins it") {
    Floor floor(2);
    floor.be_ready(0);
    PhoneServer server(floor, "a");
    REQUIRE(is_able(floor, {&server}));
    const auto call = floor.call_in();
    REQUIRE(is_talking(floor, {&server}, call));
    Asker lead{floor, 1, ticketing::Role::supervisor};
    CHECK_FALSE(outcome({&server}, lead.asks(CallAction::listen, call)));
    CHECK(floor.pbx.with([&](AriModel& model) {
        return model.members("conv-" + call).size();
    }) == 2);
    CHECK_FALSE(outcome({&server}, lead.asks(CallAction::barge, call)));
    CHECK(floor.pbx.with([&](AriModel& model) {
        return model.members("conv-" + call).size();
    }) == 3);
    CHECK_FALSE(outcome({&server}, lead.asks(CallAction::listen, call)));
    CHECK(floor.pbx.with([&](AriModel& model) {
        return model.members("conv-" + call).size();
    }) == 2);
    CHECK(floor.place(1).state == AgentState::offline);
    floor.hang_up(call);
    CHECK(await({&server}, [&] {
        return floor.pbx.with([](AriModel& model) { return model.channels() == 0; });
    }));
}
