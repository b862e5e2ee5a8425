#include "ticketing/notices/receivers.hpp"

#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/changes.hpp"
#include "ticketing/notices/told_by.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

// G1 to G8: who is told of what.

namespace {

using namespace hotline::ticketing::notices;
using hotline::ticketing::Act;
using hotline::ticketing::Event;
using hotline::ticketing::OfficialId;
using hotline::ticketing::Role;
using hotline::ticketing::State;
using hotline::ticketing::Ticket;
using hotline::ticketing::UnitId;
using hotline::ticketing::Urgency;
using hotline::ticketing::UserId;
using stage::monday_nine;

constexpr UserId clerk{101}, leader{102}, worker{103}, colleague{104}, grid_clerk{105},
    dispatcher_one{106}, supervisor_one{107}, agent_one{50}, county_clerk{108}, stranger{109};

struct Line {
    stage::City city;
    Roster roster;
    UnitId housing = city.unit("610526.housing");
    UnitId grid = city.unit("city.state_grid");
    Ticket ticket;

    Line() {
        roster = Roster({
            {clerk, Role::unit_clerk, housing, {}, {}},
            {leader, Role::unit_leader, housing, {}, {}},
            {worker, Role::official, housing, city.worker, {}},
            {colleague, Role::official, housing, city.colleague, {}},
            {stranger, Role::official, grid, city.stranger, {}},
            {grid_clerk, Role::unit_clerk, grid, {}, {}},
            {county_clerk, Role::unit_clerk, city.unit("610526.gov_office"), {}, {}},
            {dispatcher_one, Role::dispatcher, {}, {}, {}},
            {supervisor_one, Role::supervisor, {}, {}, {}},
            {agent_one, Role::agent, {}, {}, {}},
        });
        ticket.id = {7};
        ticket.number = "WN2026030200000712";
        ticket.state = State::dispatched;
        ticket.lead_unit = housing;
        ticket.official = city.worker;
        ticket.created_by = agent_one;
    }

    Event event(Act act, const Ticket& was, UserId by = {}) const {
        Event made;
        made.ticket = ticket.id;
        made.seq = 3;
        made.act = act;
        made.user = by;
        made.at = monday_nine;
        made.from = was.state;
        made.to = ticket.state;
        made.changes = changes_between(was, ticket);
        return made;
    }
    std::vector<Told> of(Act act, const Ticket& was, UserId by = {}) const {
        return receivers_of(event(act, was, by), ticket, roster, city.directory);
    }
    std::vector<Told> of(Act act, UserId by = {}) const { return of(act, ticket, by); }
};

bool has(
    const std::vector<Told>& told, UserId who, Occasion occasion, Standing standing, bool no = true
) {
    return std::ranges::find(told, Told{who, occasion, standing, no}) != told.end();
}

}  // namespace

TEST_CASE("G2: a dispatch tells the handler, and the clerk only where none is named or it presses"
) {
    Line line;
    Ticket was = line.ticket;
    was.state = State::accepted;
    was.lead_unit = {};
    was.official = {};
    auto told = line.of(Act::dispatch, was);
    REQUIRE(told.size() == 1);
    CHECK(has(told, worker, Occasion::assigned, Standing::handler));

    line.ticket.official = {};
    told = line.of(Act::dispatch, was);
    REQUIRE(told.size() == 1);
    CHECK(has(told, clerk, Occasion::assigned, Standing::office));

    line.ticket.official = line.city.worker;
    line.ticket.urgency = Urgency::critical;
    told = line.of(Act::dispatch, was);
    CHECK(has(told, worker, Occasion::critical_assigned, Standing::handler));
    CHECK(has(told, clerk, Occasion::critical_assigned, Standing::office));
}

TEST_CASE("G2: helpers and the official of the card hear of it, each once") {
    Line line;
    line.ticket.co_units = {line.grid};
    line.ticket.case_owner = line.city.stranger;
    const auto told = line.of(Act::dispatch);
    CHECK(has(told, grid_clerk, Occasion::co_assigned, Standing::co_unit));
    CHECK(has(told, stranger, Occasion::assigned, Standing::card_owner));
    line.ticket.case_owner = line.ticket.official;
    CHECK(line.of(Act::dispatch).size() == 2);
}

TEST_CASE("G2: a critical appeal that waits for dispatch is told to the dispatchers") {
    Line line;
    line.ticket.state = State::accepted;
    line.ticket.lead_unit = {};
    line.ticket.official = {};
    line.ticket.urgency = Urgency::critical;
    const auto told = line.of(Act::create);
    REQUIRE(told.size() == 1);
    CHECK(has(told, dispatcher_one, Occasion::critical_assigned, Standing::dispatcher));
    CHECK(may_be_told(Act::create, Urgency::critical));
    CHECK_FALSE(may_be_told(Act::create, Urgency::normal));
}

TEST_CASE("G1: an event is looked at by the ticket's urgency, one that concerns nobody not at all"
) {
    Event event;
    event.act = Act::dispatch;
    CHECK(rank_of(event, Urgency::critical) < rank_of(event, Urgency::urgent));
    CHECK(rank_of(event, Urgency::urgent) < rank_of(event, Urgency::normal));
    event.act = Act::review_pass;
    CHECK(rank_of(event, Urgency::critical) == 0);
    event.user = {7};  // who acts has acknowledged
    CHECK(rank_of(event, Urgency::normal) == rank_of({.act = Act::dispatch}, Urgency::normal));
    event.act = Act::create;
    CHECK(rank_of(event, Urgency::normal) == 0);
}

TEST_CASE("G1, G7: reassigned: the new one has it, the one before hears that he has it no more") {
    Line line;
    Ticket was = line.ticket;
    was.official = line.city.colleague;
    const auto told = line.of(Act::reassign, was, clerk);
    CHECK(has(told, worker, Occasion::reassigned_to_you, Standing::handler));
    CHECK(has(told, colleague, Occasion::taken_away, Standing::handler));
    CHECK(told.size() == 2);
    SUBCASE("nobody is told of what he did himself") {
        CHECK_FALSE(
            has(line.of(Act::reassign, was, worker),
                worker,
                Occasion::reassigned_to_you,
                Standing::handler)
        );
    }
}

TEST_CASE("G3: the first return is the dispatchers' to rule on, the second the supervisors'") {
    Line line;
    line.ticket.state = State::return_pending;
    line.ticket.return_count = 1;
    CHECK(
        has(line.of(Act::return_ticket, worker),
            dispatcher_one,
            Occasion::return_asked,
            Standing::dispatcher)
    );
    line.ticket.return_count = 2;
    CHECK(
        has(line.of(Act::return_ticket, worker),
            supervisor_one,
            Occasion::return_asked,
            Standing::supervisor)
    );
}

TEST_CASE("G3: an approved return is told to those who had it") {
    Line line;
    const Ticket was = line.ticket;
    line.ticket.state = State::accepted;
    line.ticket.lead_unit = {};
    line.ticket.official = {};
    const auto told = line.of(Act::approve_return, was, dispatcher_one);
    CHECK(has(told, worker, Occasion::return_ruled, Standing::handler));
    CHECK(has(told, clerk, Occasion::return_ruled, Standing::office));
    CHECK(told.size() == 2);
}

TEST_CASE("G4: a redo by another official tells both") {
    Line line;
    Ticket was = line.ticket;
    was.state = State::callback;
    was.official = line.city.colleague;
    line.ticket.state = State::handling;
    const auto told = line.of(Act::callback, was, supervisor_one);
    CHECK(has(told, worker, Occasion::redo, Standing::handler));
    CHECK(has(told, clerk, Occasion::redo, Standing::office));
    CHECK(has(told, colleague, Occasion::taken_away, Standing::handler));
}

TEST_CASE("G5: a card goes where its clock belongs") {
    Line line;
    hotline::sla::Clock clock;
    clock.warned_at = monday_nine;
    clock.kind = hotline::sla::ClockKind::first_contact;
    line.ticket.clocks = {clock};
    auto told = line.of(Act::yellow_card);
    CHECK(has(told, worker, Occasion::first_contact_due, Standing::handler));
    CHECK(has(told, clerk, Occasion::card_yellow, Standing::office));
    CHECK(told.size() == 2);

    line.ticket.clocks = {};
    told = line.of(Act::red_card);
    CHECK(has(told, worker, Occasion::card_red, Standing::handler));
    CHECK(has(told, leader, Occasion::card_red, Standing::leader));

    clock.warned_at = {};
    clock.fired_at = monday_nine;
    clock.kind = hotline::sla::ClockKind::dispatch;
    line.ticket.clocks = {clock};
    told = line.of(Act::clock_overdue);
    REQUIRE(told.size() == 1);
    CHECK(has(told, dispatcher_one, Occasion::card_red, Standing::dispatcher));

    told = line.of(Act::escalate);
    CHECK(has(told, supervisor_one, Occasion::escalated, Standing::supervisor));
    CHECK(has(told, leader, Occasion::escalated, Standing::leader));
}

TEST_CASE("G6: a remark goes to the handler and the agent who took the appeal in") {
    const Line line;
    const auto told = line.of(Act::note, clerk);
    CHECK(has(told, worker, Occasion::remark, Standing::handler));
    CHECK(has(told, agent_one, Occasion::remark, Standing::agent));
    CHECK(told.size() == 2);
}

TEST_CASE("G6: what the appellant adds in words is information, as a file of his is") {
    const Line line;
    Event added = line.event(Act::note, line.ticket);
    added.role = Role::enterprise;
    const auto told = receivers_of(added, line.ticket, line.roster, line.city.directory);
    CHECK(has(told, worker, Occasion::information_added, Standing::handler));
    CHECK(told.size() == 1);
}

TEST_CASE(
    "G20: what a partner did not take is told to unit and dispatchers, what it closed to the unit"
) {
    const Line line;
    const auto partner = [&](const char* word) {
        Event event = line.event(Act::note, line.ticket);
        event.role = Role::system;
        event.changes = std::string(R"({"partner":[null,")") + word + "\"]}";
        return receivers_of(event, line.ticket, line.roster, line.city.directory);
    };
    auto told = partner("failed");
    CHECK(has(told, worker, Occasion::partner_failed, Standing::handler));
    CHECK(has(told, clerk, Occasion::partner_failed, Standing::office));
    CHECK(has(told, dispatcher_one, Occasion::partner_failed, Standing::dispatcher));
    CHECK(told.size() == 3);
    told = partner("closed");
    CHECK(has(told, worker, Occasion::partner_done, Standing::handler));
    CHECK(has(told, clerk, Occasion::partner_done, Standing::office));
    CHECK(told.size() == 2);
    told = partner("progress");
    CHECK(has(told, worker, Occasion::remark, Standing::handler));
    CHECK(told.size() == 1);
}

TEST_CASE("G11, G20: with the result submitted nobody is reminded of what the partner did") {
    Line line;
    const Person me{worker, Role::official, line.housing, line.city.worker, {}};
    for (const auto occasion : {Occasion::partner_failed, Occasion::partner_done}) {
        line.ticket.state = State::handling;
        CHECK_FALSE(is_settled(occasion, Standing::handler, me, line.ticket));
        line.ticket.state = State::submitted;
        CHECK(is_settled(occasion, Standing::handler, me, line.ticket));
    }
}

TEST_CASE("G7, A5: the unit complained of hears nothing, whoever the ticket names") {
    Line line;
    line.ticket.complained_unit = line.housing;
    for (const auto act : {Act::dispatch, Act::red_card, Act::note, Act::withdraw, Act::urge}) {
        for (const Told& told : line.of(act)) {
            CHECK(told.receiver != worker);
            CHECK(told.receiver != clerk);
            CHECK(told.receiver != leader);
        }
    }
}

TEST_CASE("G8, R14: on leave the deputy is told without the number, and the clerk with it") {
    Line line;
    auto& official = line.city.directory.officials.at(line.city.worker.value - 1);
    official.on_leave = true;
    official.deputy = line.city.colleague;
    const auto told = line.of(Act::dispatch);
    CHECK(has(told, worker, Occasion::assigned, Standing::handler));
    CHECK(has(told, colleague, Occasion::assigned, Standing::deputy, false));
    CHECK(has(told, clerk, Occasion::assigned, Standing::office));
}

TEST_CASE("G8: a unit without a clerk has the nearest one above") {
    Line line;
    line.ticket.lead_unit = line.city.unit("610526.market");
    line.ticket.official = {};
    CHECK(has(line.of(Act::dispatch), county_clerk, Occasion::assigned, Standing::office));
}

TEST_CASE("G13: for a handler stand in his deputy and the clerk, for the clerk the leader") {
    Line line;
    line.city.directory.officials.at(line.city.worker.value - 1).deputy = line.city.colleague;
    const Told handler{worker, Occasion::assigned, Standing::handler, true};
    auto told = stand_ins_of(handler, line.ticket, line.roster, line.city.directory);
    CHECK(has(told, colleague, Occasion::deputy_escalation, Standing::deputy, false));
    CHECK(has(told, clerk, Occasion::deputy_escalation, Standing::office));
    const Told office{clerk, Occasion::assigned, Standing::office, true};
    told = stand_ins_of(office, line.ticket, line.roster, line.city.directory);
    REQUIRE(told.size() == 1);
    CHECK(has(told, leader, Occasion::deputy_escalation, Standing::leader));
}

TEST_CASE("G11: what is done with is settled") {
    Line line;
    const Person me{worker, Role::official, line.housing, line.city.worker, {}};
    const auto settled = [&](Occasion occasion) {
        return is_settled(occasion, Standing::handler, me, line.ticket);
    };
    CHECK_FALSE(settled(Occasion::assigned));
    line.ticket.official = line.city.colleague;
    CHECK(settled(Occasion::assigned));
    CHECK_FALSE(settled(Occasion::taken_away));
    line.ticket.official = line.city.worker;
    line.ticket.state = State::submitted;
    CHECK(settled(Occasion::card_yellow));
    line.ticket.state = State::closed;
    CHECK(settled(Occasion::remark));
    CHECK(is_settled(Occasion::return_asked, Standing::dispatcher, me, line.ticket));
}

TEST_CASE("G1, G7: whatever happens, nobody is told twice, nor of what he may not know") {
    std::mt19937 dice(20260302);
    Line line;
    const std::vector<UnitId> units{
        line.housing, line.grid, line.city.unit("610526.market"), UnitId{}
    };
    const std::vector<OfficialId> officials{
        line.city.worker, line.city.colleague, line.city.stranger, OfficialId{}
    };
    const auto any = [&](const auto& list) { return list[dice() % list.size()]; };
    const auto ticket = [&] {
        Ticket made = line.ticket;
        made.lead_unit = any(units);
        made.official = any(officials);
        made.case_owner = any(officials);
        made.complained_unit = any(units);
        if (dice() % 2 == 0) made.co_units = {line.grid};
        made.state = static_cast<State>(1 + dice() % 14);
        made.urgency = static_cast<Urgency>(1 + dice() % 3);
        return made;
    };
    for (int run = 0; run < 4000; ++run) {
        const Ticket was = ticket();
        line.ticket = ticket();
        const auto act = static_cast<Act>(1 + dice() % 46);
        const UserId by{100 + dice() % 10};
        const auto told = line.of(act, was, by);
        for (const Told& one : told) {
            CHECK(one.receiver != by);
            CHECK(std::ranges::count(told, one.receiver, &Told::receiver) == 1);
            const Person& person = *line.roster.user(one.receiver);
            const auto scope = scope_of(actor_of(person), line.city.directory);
            Ticket mixed = was;
            mixed.complained_unit = line.ticket.complained_unit;
            mixed.case_owner = line.ticket.case_owner;
            const bool may =
                may_see(scope, scope_keys(line.ticket)) || may_see(scope, scope_keys(mixed));
            CHECK(may == one.numbered);
            if (!one.numbered) CHECK(one.standing == Standing::deputy);
            CHECK(may_be_told(act, line.ticket.urgency));
            const auto ways = told_by(act);
            const TellingWay way{one.occasion, one.standing};
            CHECK(std::ranges::find(ways, way) != ways.end());
        }
    }
}
