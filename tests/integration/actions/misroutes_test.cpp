#include "integrations/mysql/load_store.hpp"
#include "server/actions/accept_appeals.hpp"
#include "server/actions/derive_tickets.hpp"
#include "server/workers/misroute_watch.hpp"
#include "tests/integration/actions/desk.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

using namespace hotline;
using namespace hotline::ticketing;
using test::Desk;

namespace {

struct TaughtDesk : Desk {
    UnitId housing = small.unit("610526.housing");
    UnitId grid = small.unit("city.state_grid");

    // Sent by the duty list, returned, and sent on by the dispatcher.
    std::string returned() {
        const auto number = accepted([](Ticket& t, const stage::City&) { t.division = "610526"; });
        REQUIRE(test::told(act(number, Act::dispatch, Role::dispatcher)) == "");
        REQUIRE(test::told(act(number, Act::return_ticket, Role::unit_clerk)) == "");
        auto approval = command(number, Act::approve_return, Role::dispatcher);
        approval.request.unit = grid;
        approval.request.official = {};
        REQUIRE(test::told(done(approval)) == "");
        return number;
    }

    void derive() {
        const auto derived = pool.transact_now([](mysql::Connection& db) {
            return actions::derive_tickets(db, 100);
        });
        REQUIRE(derived);
        REQUIRE(derived->unreadable.empty());
    }

    Ticket next_of_the_kind() {
        actions::PromisedAppeal promised;
        promised.ticket_no = format_ticket_number(now, ++serial);
        promised.accepted_at = now;
        promised.appeal.channel = Channel::web;
        promised.appeal.idempotency_key = promised.ticket_no;
        promised.appeal.title = "施工许可";
        promised.appeal.content = "施工许可一直没有办下来";
        promised.appeal.topic = "规划建设";
        promised.appeal.division = "610526";
        promised.appeal.appellant.phone = "13800001111";
        const auto taken = pool.transact_now([&](mysql::Connection& db) {
            return actions::accept_appeals(db, {&promised, 1}, city, loads, now, true);
        });
        REQUIRE(taken);
        return taken->front().ticket;
    }

    void take_up() {
        auto read = pool.read_now([&](mysql::Connection& db) { return read_misroutes(db, now); });
        REQUIRE(read);
        city.misroutes->replace(std::move(*read));
    }
};

}  // namespace

TEST_CASE("R13: approved returns are derived, read, and change where the next of the kind goes") {
    TaughtDesk desk;
    desk.returned();
    desk.derive();
    desk.take_up();
    CHECK(desk.next_of_the_kind().lead_unit == desk.housing);
    const auto second = desk.returned();
    desk.derive();
    CHECK(desk.number_of("SELECT COUNT(*) FROM misroute") == 2);
    CHECK(
        desk.number_of("SELECT MIN(went_to) FROM misroute") ==
        static_cast<std::int64_t>(desk.grid.value)
    );
    desk.take_up();
    const Ticket ticket = desk.next_of_the_kind();
    CHECK(ticket.lead_unit == desk.grid);
    CHECK(ticket.official == desk.small.stranger);
    CHECK(ticket.route_trace.find(R"("rule":"R13","code":"gave_such_back")") != std::string::npos);

    // Derived again, the same rows.
    desk.run("INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket");
    desk.run("UPDATE ticket_facts SET upto_seq=upto_seq-1");
    desk.derive();
    CHECK(desk.number_of("SELECT COUNT(*) FROM misroute") == 2);
    // Given back there, too: the row of the first return says who has it now.
    REQUIRE(test::told(desk.act(second, Act::return_ticket, Role::unit_leader)) == "");
    auto approval = desk.command(second, Act::approve_return, Role::supervisor);
    approval.request.unit = {};
    REQUIRE(test::told(desk.done(approval)) == "");
    desk.derive();
    CHECK(desk.number_of("SELECT COUNT(*) FROM misroute") == 3);
    CHECK(desk.number_of("SELECT COUNT(*) FROM misroute WHERE went_to=0") == 2);
    desk.take_up();
    CHECK(desk.next_of_the_kind().lead_unit == desk.housing);
}

TEST_CASE("R13: a unit that answers one of the kind is asked first again") {
    TaughtDesk desk;
    desk.returned();
    desk.returned();
    const auto kept = desk.accepted([](Ticket& t, const stage::City&) { t.division = "610526"; });
    desk.now += std::chrono::hours(1);
    for (const auto& [act, role] : {
             std::pair{Act::dispatch, Role::dispatcher},
             {Act::sign_for, Role::official},
             {Act::first_contact, Role::official},
         }) {
        REQUIRE(test::told(desk.act(kept, act, role)) == "");
    }
    desk.derive();
    desk.take_up();
    CHECK(desk.next_of_the_kind().lead_unit == desk.grid);
    REQUIRE(test::told(desk.act(kept, Act::submit_result, Role::official)) == "");
    desk.derive();
    CHECK(desk.number_of("SELECT COUNT(*) FROM kept_matter") == 1);
    desk.take_up();
    CHECK(desk.next_of_the_kind().lead_unit == desk.housing);
}

TEST_CASE("R13: a running server takes up what was learned by itself") {
    TaughtDesk desk;
    desk.returned();
    desk.returned();
    desk.derive();
    desk.run("UPDATE misroute SET returned_at=UTC_TIMESTAMP(3)");
    boost::asio::io_context io;
    co_spawn(io, workers::watch_misroutes(desk.pool, *desk.city.misroutes), boost::asio::detached);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (desk.city.misroutes->current()->size() == 0) {
        REQUIRE(std::chrono::steady_clock::now() < give_up);
        io.run_one_for(std::chrono::milliseconds(100));
    }
    CHECK(desk.next_of_the_kind().lead_unit == desk.grid);
}

TEST_CASE("R10: who was given what is read from the sums of this month and the last") {
    TaughtDesk desk;
    desk.returned();
    desk.derive();
    const auto loads =
        desk.pool.read_now([&](mysql::Connection& db) { return mysql::read_loads(db, desk.now); });
    REQUIRE(loads);
    CHECK(loads->at(desk.small.worker.value).given == 1);
    CHECK(loads->at(desk.small.stranger.value).given == 1);
    CHECK(loads->at(desk.small.stranger.value).open_weighted == 1);
    CHECK(loads->at(desk.small.worker.value).open_weighted == 0);
}
