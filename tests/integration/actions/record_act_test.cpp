#include "server/actions/record_act.hpp"

#include "integrations/mysql/ticket_extras.hpp"
#include "tests/integration/actions/desk.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/replay.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace hotline;
using namespace hotline::ticketing;
using test::Desk;
using test::told;

TEST_CASE("what is stored is what was decided, with its clocks and an intact chain") {
    Desk desk;
    const auto number = desk.accepted();
    for (const auto& [act, role] : {
             std::pair{Act::dispatch, Role::dispatcher},
             {Act::sign_for, Role::official},
             {Act::first_contact, Role::official},
             {Act::supervise, Role::supervisor},
             {Act::answer_supervision, Role::unit_clerk},
             {Act::add_co_unit, Role::official},
             {Act::answer_co_unit, Role::unit_clerk},
             {Act::ask_extension, Role::unit_clerk},
             {Act::approve_extension, Role::supervisor},
             {Act::submit_result, Role::official},
             {Act::review_pass, Role::reviewer},
             {Act::callback, Role::reviewer},
         }) {
        desk.now += std::chrono::minutes{7};
        auto command = desk.command(number, act, role);
        if (act == Act::answer_co_unit)
            command.request.actor.unit = desk.small.unit("city.housing");
        const auto outcome = desk.done(command);
        REQUIRE(told(outcome) == "");
        Ticket expected = outcome->after;
        expected.route_trace.clear();  // stored apart
        Ticket stored = desk.ticket(number);
        std::ranges::sort(expected.clocks, {}, [](const auto& c) { return c.kind; });
        std::ranges::sort(stored.clocks, {}, [](const auto& c) { return c.kind; });
        CHECK(stored == expected);
    }
    const auto events = desk.log(number);
    CHECK(events.size() == 13);
    CHECK(!first_broken(events, crypto::sm3));
    CHECK(desk.number_of("SELECT COUNT(*) FROM outbox") == 13);
    CHECK(desk.number_of("SELECT last_seq FROM ticket") == 13);
    CHECK(desk.number_of("SELECT COUNT(*) FROM ticket_co_unit") == 1);
}

TEST_CASE("T6 a dispatch without an official gets the router's, with its reasons") {
    Desk desk;
    const auto number = desk.accepted();
    auto command = desk.command(number, Act::dispatch, Role::dispatcher);
    command.request.official = {};
    desk.loads[desk.small.worker.value].open_weighted = 9;
    const auto outcome = desk.done(command);
    REQUIRE(told(outcome) == "");
    CHECK(outcome->after.official == desk.small.colleague);
    const auto extras = desk.pool.read_now([&](mysql::Connection& db) {
        return mysql::read_extras(db, outcome->after);
    });
    REQUIRE(extras);
    CHECK(extras->route.find("李工") != std::string::npos);
}

TEST_CASE("what stands of a ticket in other tables is read, whichever of it there is") {
    Desk desk;
    desk.run(
        "REPLACE INTO account (id, login, name, role, password, password_at) "
        "VALUES (77, 'filer', '话务员七', 1, '', NOW())"
    );
    desk.run(
        "REPLACE INTO knowledge_version (article_id, version, title, questions, answer, basis,"
        " unit_id, valid_from) VALUES (77, 2, '怎么申请', '', '', '', 1, NOW())"
    );
    desk.run(
        "REPLACE INTO phone_call (id, source, call_id, state, score) "
        "VALUES (77, 'exchange', 'call-77', 8, 4)"
    );
    const std::string parent = desk.accepted();
    const Ticket plain = desk.ticket(desk.accepted());
    for (unsigned parts = 0; parts < 16; ++parts) {
        CAPTURE(parts);
        const auto has = [&](unsigned part) { return (parts & 1U << part) != 0; };
        Ticket ticket = plain;
        if (has(0)) ticket.parent = desk.ticket(parent).id;
        if (has(1)) ticket.created_by = {77};
        if (has(2)) ticket.article = {77};
        if (has(2)) ticket.article_version = 2;
        if (has(3)) ticket.call_id = "call-77";
        const auto extras = desk.pool.read_now([&](mysql::Connection& db) {
            return mysql::read_extras(db, ticket);
        });
        REQUIRE(extras);
        CHECK(extras->parent_no == (has(0) ? parent : ""));
        CHECK(extras->created_by == (has(1) ? "话务员七" : ""));
        CHECK(extras->article == (has(2) ? "怎么申请" : ""));
        CHECK(extras->call_score == (has(3) ? std::optional(4) : std::nullopt));
        CHECK(extras->call.has_value() == has(3));
        CHECK(extras->attachments.empty());
    }
}

TEST_CASE("what the actor may not know of is not there, and nothing is written") {
    Desk desk;
    const auto number = desk.accepted();
    auto command = desk.command(number, Act::note, Role::agent);
    command.request.actor.user = {51};
    CHECK(told(desk.done(command)) == "not_found");
    command.check_scope = false;
    CHECK(told(desk.done(command)) == "");
    command.ticket_no = "WN2026030200000000";
    CHECK(told(desk.done(command)) == "not_found");
    CHECK(desk.log(number).size() == 2);
}

TEST_CASE("an old version is told so; a wrong state is told what is possible") {
    Desk desk;
    const auto number = desk.accepted();
    auto command = desk.command(number, Act::dispatch, Role::dispatcher);
    command.if_match = 0;
    CHECK(told(desk.done(command)) == "stale_version");
    const auto refused = desk.act(number, Act::review_pass, Role::reviewer);
    CHECK(told(refused) == "not_allowed_in_state note");
    CHECK(
        told(desk.act(number, Act::approve_return, Role::dispatcher)).find("dispatch") !=
        std::string::npos
    );
    CHECK(desk.ticket(number).version == 1);
}

TEST_CASE("the same key and body is the same act; anything else under the key is refused") {
    Desk desk;
    const auto number = desk.accepted();
    auto command = desk.command(number, Act::dispatch, Role::dispatcher);
    command.idempotency_key = "a-key-of-mine";
    command.body_hash = crypto::sm3(std::string_view("body"));
    REQUIRE(told(desk.done(command)) == "");
    const auto again = desk.done(command);  // with the version it saw then
    REQUIRE(told(again) == "");
    CHECK(again->replayed);
    CHECK(again->after.version == 2);
    CHECK(desk.log(number).size() == 2);
    auto other = command;
    other.body_hash = crypto::sm3(std::string_view("other"));
    CHECK(told(desk.done(other)) == "idempotency_key_reused");
    other = command;
    other.request.act = Act::note;
    CHECK(told(desk.done(other)) == "idempotency_key_reused");
    other = command;
    other.ticket_no = desk.accepted();
    other.if_match = 1;
    CHECK(told(desk.done(other)) == "idempotency_key_reused");
}

TEST_CASE("an appellant's key is good for his own ticket; a refused act leaves its key free") {
    Desk desk;
    const auto first = desk.accepted();
    const auto second = desk.accepted();
    for (const auto& number : {first, second}) {
        auto command = desk.command(number, Act::urge, Role::enterprise);
        command.request.actor.user = {};
        command.check_scope = false;
        command.if_match.reset();
        command.idempotency_key = "key-of-a-stranger";
        const auto done = desk.done(command);
        REQUIRE(told(done) == "");
        CHECK(!done->replayed);
    }
    auto command = desk.command(first, Act::callback, Role::reviewer);
    command.idempotency_key = "used-too-early";
    CHECK(told(desk.done(command)).starts_with("not_allowed_in_state"));
    CHECK(desk.number_of("SELECT COUNT(*) FROM act_key") == 2);
}

TEST_CASE("T10 an approved return goes on at once to the next unit that has the power") {
    Desk desk;
    const auto number = desk.accepted([](Ticket& t, const stage::City&) { t.division = "610526"; });
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::return_ticket, Role::unit_clerk)) == "");
    auto command = desk.command(number, Act::approve_return, Role::dispatcher);
    command.request.unit = {};
    const auto outcome = desk.done(command);
    REQUIRE(told(outcome) == "");
    CHECK(outcome->after.state == State::dispatched);
    CHECK(outcome->after.lead_unit != desk.small.unit("610526.housing"));
    CHECK(outcome->after.lead_unit);
    const auto events = desk.log(number);
    REQUIRE(events.size() == 5);
    CHECK(events[3].act == Act::approve_return);
    CHECK(events[4].act == Act::dispatch);
    CHECK(events[4].role == Role::system);
    CHECK(!first_broken(events, crypto::sm3));
    CHECK(desk.number_of("SELECT COUNT(*) FROM ticket_route") == 1);
}

TEST_CASE("T10 the dispatcher may name the next unit with his approval, or is told why not") {
    Desk desk;
    const auto number = desk.accepted();
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::return_ticket, Role::unit_clerk)) == "");
    auto command = desk.command(number, Act::approve_return, Role::dispatcher);
    command.request.official = {};
    CHECK(told(desk.done(command)) == "guard_failed unit_can_take");  // the one that returned it
    CHECK(desk.ticket(number).state == State::return_pending);
    command.request.unit = desk.small.unit("city.state_grid");
    const auto outcome = desk.done(command);
    REQUIRE(told(outcome) == "");
    CHECK(outcome->after.lead_unit == desk.small.unit("city.state_grid"));
    CHECK(outcome->after.official == desk.small.stranger);
}

TEST_CASE("T5 a merge is counted and logged on the parent, which must fit") {
    Desk desk;
    const auto parent = desk.accepted();
    const auto child = desk.accepted();
    const auto foreign =
        desk.accepted([](Ticket& t, const stage::City&) { t.appellant.phone = "13911112222"; });
    auto command = desk.command(child, Act::merge, Role::dispatcher);
    command.parent_no = foreign;
    CHECK(told(desk.done(command)) == "guard_failed parent_fits");
    command.parent_no = child;
    CHECK(told(desk.done(command)) == "guard_failed parent_fits");
    command.parent_no = "WN0";
    CHECK(told(desk.done(command)) == "validation_failed parent_ticket_no");
    command.parent_no = parent;
    REQUIRE(told(desk.done(command)) == "");
    CHECK(desk.ticket(child).state == State::merged);
    const Ticket kept = desk.ticket(parent);
    CHECK(desk.ticket(child).parent == kept.id);
    CHECK(kept.repeat_count == 1);
    CHECK(kept.version == 2);
    CHECK(kept.state == State::accepted);
    const auto events = desk.log(parent);
    REQUIRE(events.size() == 2);
    CHECK(events[1].reason == child);
    CHECK(!first_broken(events, crypto::sm3));
    command = desk.command(foreign, Act::merge, Role::dispatcher);
    command.parent_no = child;  // gone into another one itself
    CHECK(told(desk.done(command)) == "guard_failed parent_fits");
}

TEST_CASE("T5 a merger undone is counted and logged on the parent, too") {
    Desk desk;
    const auto parent = desk.accepted();
    const auto child = desk.accepted();
    auto command = desk.command(child, Act::merge, Role::dispatcher);
    command.parent_no = parent;
    REQUIRE(told(desk.done(command)) == "");
    REQUIRE(told(desk.act(child, Act::unmerge, Role::supervisor)) == "");
    CHECK(desk.ticket(child).state == State::accepted);
    CHECK_FALSE(desk.ticket(child).parent);
    CHECK(desk.ticket(parent).repeat_count == 0);
    const auto events = desk.log(parent);
    REQUIRE(events.size() == 3);
    CHECK(events[2].act == Act::unmerge);
    CHECK(events[2].reason == child);
    CHECK(!first_broken(events, crypto::sm3));
    CHECK(!first_broken(desk.log(child), crypto::sm3));
}

TEST_CASE("T18 a parked ticket is read as it was written, with its clocks") {
    Desk desk;
    const auto number = desk.accepted();
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::sign_for, Role::unit_clerk)) == "");
    desk.now += std::chrono::hours{3};
    const auto parked = desk.act(number, Act::suspend, Role::supervisor);
    REQUIRE(told(parked) == "");
    CHECK(desk.ticket(number).suspended_at == desk.now);
    CHECK(desk.ticket(number).suspend_reason == "season");
    CHECK(desk.ticket(number).suspend_count == 1);
    CHECK(desk.ticket(number).clocks == parked->after.clocks);
    desk.now += std::chrono::days{2};
    const auto again = desk.act(number, Act::resume, Role::supervisor);
    REQUIRE(told(again) == "");
    CHECK_FALSE(desk.ticket(number).suspended_at);
    CHECK(desk.ticket(number).clocks == again->after.clocks);
}

TEST_CASE("of eight who act on the same version at once one wins and seven are told") {
    Desk desk;
    for (int round = 0; round < 5; ++round) {
        const auto number = desk.accepted();
        REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
        const auto command = desk.command(number, Act::sign_for, Role::official);
        std::atomic<int> won = 0;
        std::atomic<int> stale = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                const auto outcome = desk.done(command);
                if (outcome) ++won;
                if (told(outcome) == "stale_version") ++stale;
            });
        }
        for (auto& thread : threads) thread.join();
        CHECK(won == 1);
        CHECK(stale == 7);
        CHECK(desk.log(number).size() == 3);
    }
}

TEST_CASE("T36 to T39 plans and mediations are stored as they were decided, and who has a part sees"
) {
    Desk desk;
    const auto number = desk.accepted([](Ticket& t, const stage::City&) { t.division = "610526"; });
    const auto waited_for = [&] {
        return desk.number_of("SELECT COUNT(*) FROM ticket_charge WHERE waited_for=1");
    };
    const auto step = [&](Act act, Role role, auto shape) {
        desk.now += std::chrono::minutes{7};
        auto command = desk.command(number, act, role);
        shape(command.request);
        const auto outcome = desk.done(command);
        REQUIRE(told(outcome) == "");
        Ticket expected = outcome->after;
        expected.route_trace.clear();
        Ticket stored = desk.ticket(number);
        for (Ticket* ticket : {&expected, &stored}) {
            std::ranges::sort(ticket->clocks, {}, [](const auto& c) {
                return std::pair{c.kind, c.generation};
            });
        }
        CHECK(stored == expected);
    };
    const auto as_it_is = [](auto&) {};
    step(Act::dispatch, Role::dispatcher, as_it_is);
    step(Act::sign_for, Role::official, as_it_is);
    step(Act::first_contact, Role::official, as_it_is);
    step(Act::refer_to_mediation, Role::official, as_it_is);
    CHECK(waited_for() == 1);
    step(Act::conclude_mediation, Role::unit_clerk, [&](ticketing::ActRequest& r) {
        r.actor.unit = desk.small.unit("610526.justice");
        r.mediation_outcome = MediationOutcome::agreed;
        r.result_text = "第一条\n第二条\t完";
    });
    CHECK(waited_for() == 0);
    step(Act::add_co_unit, Role::official, as_it_is);
    step(Act::hard_case, Role::supervisor, as_it_is);
    step(Act::plan_hard_case, Role::supervisor, as_it_is);
    CHECK(waited_for() == 2);
    step(Act::meet_milestone, Role::supervisor, as_it_is);
    CHECK(waited_for() == 1);
    CHECK(desk.number_of("SELECT COUNT(*) FROM ticket_charge") == 3);
    const auto log = desk.log(number);
    const auto again = ticketing::replayed(log);
    REQUIRE(again);
    CHECK(ticketing::first_difference(desk.ticket(number), *again) == "");
}
