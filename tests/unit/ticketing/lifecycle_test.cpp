#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/lifecycle/urging.hpp"

#include <doctest/doctest.h>

using namespace stage;
using sla::ClockKind;

TEST_CASE("T1 an accepted ticket waits for dispatch with that clock running") {
    const Stage s;
    CHECK(s.ticket.state == State::accepted);
    CHECK(s.ticket.version == 1);
    REQUIRE(open_clock(s.ticket, ClockKind::dispatch));
    CHECK(open_clock(s.ticket, ClockKind::dispatch)->due_at == monday_nine + 30min);
}

TEST_CASE("T3 to T5 the ways a ticket ends before a unit has it") {
    Stage declined;
    CHECK(declined.act(Act::decline, Role::dispatcher) == "");
    CHECK(declined.ticket.state == State::declined);
    CHECK(declined.ticket.decline_reason == "outside_city");
    Stage answered(AppealType::consult);
    CHECK(answered.act(Act::close_on_call, Role::agent) == "");
    CHECK(answered.ticket.state == State::closed);
    CHECK(answered.ticket.closed_as == ClosedAs::immediate);
    Stage merged;
    CHECK(merged.act(Act::merge, Role::dispatcher) == "");
    CHECK(merged.ticket.state == State::merged);
    CHECK(merged.ticket.parent == TicketId{3});
    for (const Stage* s : {&declined, &answered, &merged}) {
        CHECK(s->ticket.closed_at == s->now);
        CHECK(next_clock(s->ticket) == nullptr);
    }
}

TEST_CASE("T6 all of a unit's clocks run from dispatch, not from signing") {
    Stage s;
    s.act(Act::dispatch, Role::dispatcher);
    const Instant dispatched = s.now;
    s.pass(2h);
    CHECK(s.act(Act::sign_for, Role::official) == "");
    CHECK(s.ticket.signed_at == s.now);
    for (const auto kind : {ClockKind::first_contact, ClockKind::handle}) {
        REQUIRE(open_clock(s.ticket, kind));
        CHECK(open_clock(s.ticket, kind)->started_at == dispatched);
    }
    CHECK(open_clock(s.ticket, ClockKind::sign_for) == nullptr);
}

TEST_CASE("T9 and T10 an approved return frees the unit and charges it nothing") {
    Stage s;
    s.returned();
    CHECK(s.ticket.state == State::return_pending);
    REQUIRE(s.ticket.pending_return);
    const UnitId wrong = s.ticket.lead_unit;
    CHECK(s.act(Act::approve_return, Role::dispatcher) == "");
    CHECK(s.ticket.state == State::accepted);
    CHECK(s.ticket.refused_units == std::vector{wrong});
    CHECK(!s.ticket.lead_unit);
    CHECK(!s.ticket.official);
    CHECK(open_clock(s.ticket, ClockKind::handle) == nullptr);
    CHECK(open_clock(s.ticket, ClockKind::dispatch) != nullptr);
    CHECK(s.act(Act::dispatch, Role::dispatcher) == "guard_failed unit_can_take");
}

TEST_CASE("T11 a refused return counts as signed and its time went on") {
    Stage s;
    s.returned();
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;
    CHECK(s.act(Act::refuse_return, Role::dispatcher) == "");
    CHECK(s.ticket.state == State::handling);
    CHECK(s.ticket.signed_at == s.now);
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == due);
    CHECK(s.act(Act::return_ticket, Role::unit_leader) == "guard_failed within_return_window");
}

TEST_CASE("T9 and T12 the second return is the leader's, then the supervisor designates for good") {
    Stage s;
    s.returned();
    s.act(Act::approve_return, Role::dispatcher);
    auto elsewhere = s.request(Act::dispatch, Role::dispatcher);
    elsewhere.unit = s.city.unit("city.housing");
    elsewhere.official = {};
    REQUIRE(s.tried(elsewhere) == "");
    CHECK(s.act(Act::return_ticket, Role::unit_clerk) == "guard_failed first_return");
    CHECK(s.act(Act::return_ticket, Role::unit_leader) == "");
    CHECK(s.act(Act::approve_return, Role::dispatcher) == "guard_failed first_return");
    CHECK(s.act(Act::designate, Role::supervisor) == "");
    CHECK(s.ticket.designated);
    CHECK(s.ticket.state == State::dispatched);
    CHECK(s.act(Act::return_ticket, Role::unit_leader) == "guard_failed not_designated");
}

TEST_CASE("T13 to T15 inside the unit: another official, a helper, the first contact") {
    Stage s;
    s.handling();
    CHECK(s.act(Act::reassign, Role::unit_clerk) == "");
    CHECK(s.ticket.official == s.city.colleague);
    CHECK(s.act(Act::add_co_unit, Role::official) == "");
    CHECK(s.ticket.co_units == std::vector{s.city.unit("city.housing")});
    CHECK(s.act(Act::add_co_unit, Role::official) == "guard_failed co_unit_fits");
    CHECK(s.act(Act::first_contact, Role::official) == "");
    CHECK(s.ticket.first_contact_at == s.now);
    CHECK(s.act(Act::first_contact, Role::official) == "guard_failed no_contact_yet");
}

TEST_CASE("T16 and T17 an extension is asked in time and moves the due date") {
    Stage s;
    s.handling();
    CHECK(s.act(Act::approve_extension, Role::supervisor) == "guard_failed extension_pending");
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;
    CHECK(s.act(Act::ask_extension, Role::unit_clerk) == "");
    CHECK(s.act(Act::ask_extension, Role::unit_clerk) == "guard_failed extension_allowed");
    CHECK(s.act(Act::approve_extension, Role::supervisor) == "");
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == due + 24h * 2);
    CHECK(s.ticket.extension_days == 2);
    CHECK(s.act(Act::ask_extension, Role::unit_clerk) == "guard_failed extension_allowed");
}

TEST_CASE("T16 on the due day nothing is asked after 17:00") {
    Stage s;
    s.handling();
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;  // 18:00
    s.now = due - 61min;
    CHECK(s.decided(s.request(Act::ask_extension, Role::unit_clerk)).has_value());
    s.now = due - 60min;
    CHECK(s.act(Act::ask_extension, Role::unit_clerk) == "guard_failed before_extension_cut_off");
}

TEST_CASE("T17 what was not decided by the due date has lapsed") {
    Stage s;
    s.handling();
    s.act(Act::ask_extension, Role::unit_clerk);
    s.now = open_clock(s.ticket, ClockKind::handle)->due_at + 1ms;
    CHECK(s.act(Act::approve_extension, Role::supervisor) == "guard_failed extension_in_time");
    CHECK(s.ticket.extension_count == 0);
    CHECK(s.act(Act::refuse_extension, Role::supervisor) == "");
    CHECK(!s.ticket.extension_pending);
}

TEST_CASE("T19 the submission stops the unit's clocks and starts the review's") {
    Stage s;
    s.handling();
    CHECK(s.act(Act::submit_result, Role::official) == "guard_failed contact_made");
    s.act(Act::first_contact, Role::official);
    s.pass(1h);
    CHECK(s.act(Act::submit_result, Role::official) == "");
    CHECK(s.ticket.submitted_at == s.now);
    CHECK(open_clock(s.ticket, ClockKind::handle) == nullptr);
    CHECK(next_clock(s.ticket)->kind == ClockKind::review);
}

TEST_CASE("T20 a failed review is a new round, not a redo of the appellant's") {
    Stage s;
    s.submitted();
    CHECK(s.act(Act::review_fail, Role::reviewer) == "");
    CHECK(s.ticket.state == State::handling);
    CHECK(s.ticket.round == 2);
    CHECK(s.ticket.redo_count == 0);
    CHECK(s.ticket.review_return_count == 1);
    CHECK(open_clock(s.ticket, ClockKind::handle)->limit == sla::working_days(3));
}

TEST_CASE("T20 the centre's own clocks run in every round") {
    Stage s;
    s.submitted();
    s.act(Act::review_fail, Role::reviewer);
    s.act(Act::submit_result, Role::official);
    CHECK(open_clock(s.ticket, ClockKind::review) != nullptr);
    s.act(Act::review_pass, Role::reviewer);
    CHECK(open_clock(s.ticket, ClockKind::callback) != nullptr);
}

TEST_CASE("T21 praise and appellants without a number are closed at the review") {
    Stage praise(AppealType::praise);
    praise.submitted();
    CHECK(praise.act(Act::review_pass, Role::reviewer) == "");
    CHECK(praise.ticket.closed_as == ClosedAs::no_contact);
    Stage help;
    CHECK(help.callback().ticket.state == State::callback);
}

TEST_CASE("T22 to T24 what the appellant says decides") {
    Stage content;
    content.callback();
    CHECK(content.act(Act::callback, Role::enterprise) == "");
    CHECK(content.rule == "T22");
    CHECK(content.ticket.closed_as == ClosedAs::surveyed);

    Stage unhappy;
    unhappy.callback();
    auto no = unhappy.request(Act::callback, Role::reviewer);
    no.solved = Solved::no;
    no.satisfaction = Satisfaction::dissatisfied;
    auto unreasonable = no;
    unreasonable.reasonable = false;
    Stage ruled = unhappy;
    CHECK(ruled.tried(unreasonable) == "guard_failed reached_discontent");
    unreasonable.actor = ruled.actor(Role::supervisor);
    CHECK(ruled.tried(unreasonable) == "");
    CHECK(ruled.rule == "T24");
    CHECK(ruled.ticket.closed_as == ClosedAs::unreasonable);

    CHECK(unhappy.tried(no) == "");
    CHECK(unhappy.rule == "T23");
    CHECK(unhappy.ticket.state == State::handling);
    CHECK(unhappy.ticket.redo_count == 1);
}

TEST_CASE("T22 solved and satisfied are two questions; an explained no is enough") {
    struct Row {
        Solved solved;
        Satisfaction satisfaction;
        Outcome outcome;
        bool closed;
    };
    for (const Row& row : {
             Row{Solved::yes, Satisfaction::very_satisfied, Outcome::solved, true},
             Row{Solved::partly, Satisfaction::basically_satisfied, Outcome::partly, true},
             Row{Solved::no, Satisfaction::satisfied, Outcome::explained, true},
             Row{Solved::no, Satisfaction::satisfied, Outcome::solved, false},
             Row{Solved::yes, Satisfaction::dissatisfied, Outcome::solved, false},
         }) {
        Stage s;
        s.callback();
        s.ticket.outcome = row.outcome;
        auto r = s.request(Act::callback, Role::reviewer);
        r.solved = row.solved;
        r.satisfaction = row.satisfaction;
        REQUIRE(s.tried(r) == "");
        CHECK((s.ticket.state == State::closed) == row.closed);
    }
}

TEST_CASE("T25 nobody reached: three calls on two days, and no satisfied one is made of it") {
    Stage s;
    s.callback();
    auto silence = s.request(Act::callback, Role::reviewer);
    silence.reached = false;
    silence.solved.reset();
    silence.satisfaction.reset();
    for (int call = 0; call < 4; ++call) {
        s.pass(10min);
        REQUIRE(s.tried(silence) == "");
        CHECK(s.ticket.state == State::callback);  // all on the same day
    }
    s.pass(24h);
    CHECK(s.tried(silence) == "");
    CHECK(s.ticket.closed_as == ClosedAs::no_survey);
    CHECK(!s.ticket.survey);
}

TEST_CASE("T26 cards come once, yellow before red, and the red one raises the level") {
    Stage s;
    s.handling();
    auto yellow = s.request(Act::yellow_card, Role::system);
    yellow.clock = ClockKind::handle;
    CHECK(s.tried(yellow) == "guard_failed clock_waits");
    s.now = *open_clock(s.ticket, ClockKind::handle)->warn_at;
    CHECK(s.tried(yellow) == "");
    CHECK(s.tried(yellow) == "guard_failed clock_waits");
    auto red = yellow;
    red.act = Act::red_card;
    s.now = open_clock(s.ticket, ClockKind::handle)->due_at;
    CHECK(s.tried(red) == "guard_failed clock_waits");  // at the due instant it is in time
    s.pass(1ms);
    CHECK(s.tried(red) == "");
    CHECK(s.ticket.supervise_level == 2);
    CHECK(s.tried(red) == "guard_failed clock_waits");
    CHECK(s.event.internal);
}

TEST_CASE("T27 the appellant urges once a working day") {
    Stage s;
    s.handling();
    CHECK(s.act(Act::urge, Role::enterprise) == "");
    s.pass(1h);
    CHECK(s.act(Act::urge, Role::enterprise) == "guard_failed urge_due");
    CHECK(s.act(Act::urge, Role::manager) == "");
    s.pass(24h);
    CHECK(s.act(Act::urge, Role::enterprise) == "");
    CHECK(s.ticket.urge_count == 3);
    s.now = monday_nine + 24h * 5;  // Saturday
    CHECK(s.act(Act::urge, Role::enterprise) == "guard_failed urge_due");
}

TEST_CASE("T27 the appellant is told from when on he may urge again") {
    Stage s;
    s.handling();
    const auto from = [&s] { return urge_from(s.ticket, s.city.calendar, s.now); };
    CHECK(from() == s.now);  // never urged: at once, and on a Saturday too
    CHECK(s.act(Act::urge, Role::enterprise) == "");
    s.pass(1h);
    const auto tuesday = monday_nine - 9h + 24h;
    CHECK(from() == tuesday);
    s.now = tuesday;
    CHECK(from() == s.now);
    s.now = monday_nine + 24h * 4;  // Friday
    CHECK(s.act(Act::urge, Role::enterprise) == "");
    CHECK(from() == tuesday + 24h * 6);
    s.pass(24h);
    CHECK(from() == tuesday + 24h * 6);  // Monday
}

TEST_CASE("T41 what the appellant adds in words is seen by all, and needs words") {
    Stage s;
    s.handling();
    auto r = s.request(Act::note, Role::enterprise);
    r.reason = " ";
    CHECK(s.tried(r) == "guard_failed has_reason");
    r.reason = "今天又停了一次电";
    CHECK(s.tried(r) == "");
    CHECK(s.rule == "T41");
    CHECK(!s.event.internal);
    CHECK(s.event.reason == "今天又停了一次电");
    CHECK(s.ticket.state == State::handling);
    CHECK(s.act(Act::note, Role::agent) == "");
    CHECK(s.event.internal);
    CHECK(s.act(Act::withdraw, Role::enterprise) == "");
    CHECK(s.act(Act::note, Role::enterprise) == "not_allowed_in_state state:withdrawn");
}

TEST_CASE("T28 the level of supervision only rises") {
    Stage s;
    s.handling();
    auto r = s.request(Act::supervise, Role::manager);
    r.level = 3;
    CHECK(s.tried(r) == "");
    CHECK(s.tried(r) == "guard_failed level_rises");
    r.level = 5;
    CHECK(s.tried(r) == "guard_failed level_rises");
}

TEST_CASE("T29 to T31 withdrawn, reopened, archived") {
    Stage gone;
    gone.handling();
    CHECK(gone.act(Act::withdraw, Role::enterprise) == "");
    CHECK(gone.ticket.state == State::withdrawn);
    CHECK(next_clock(gone.ticket) == nullptr);

    Stage s;
    s.callback();
    s.act(Act::callback, Role::reviewer);
    CHECK(s.act(Act::archive, Role::system) == "guard_failed archive_due");
    Stage late = s;
    late.pass(24h * 7 + 1ms);
    CHECK(late.act(Act::reopen, Role::enterprise) == "guard_failed within_reopen_time");
    CHECK(late.act(Act::reopen, Role::manager) == "");
    s.pass(24h * 7);
    Stage again = s;
    CHECK(again.act(Act::reopen, Role::enterprise) == "");
    CHECK(again.ticket.state == State::handling);
    CHECK(!again.ticket.closed_at);
    CHECK(again.ticket.redo_count == 1);
    s.pass(24h * 23);
    CHECK(s.act(Act::archive, Role::system) == "");
    CHECK(s.act(Act::reopen, Role::manager) == "not_allowed_in_state state:archived");
}

TEST_CASE("T32 after the last redo a bad survey makes a hard case") {
    Stage s;
    s.callback();
    auto no = s.request(Act::callback, Role::enterprise);
    no.solved = Solved::no;
    no.satisfaction = Satisfaction::very_dissatisfied;
    for (int redo = 1; redo <= 2; ++redo) {
        REQUIRE(s.tried(no) == "");
        CHECK(s.rule == "T23");
        s.pass(24h * 10);  // who helps has had his time
        REQUIRE(s.act(Act::submit_result, Role::official) == "");
        REQUIRE(s.act(Act::review_pass, Role::reviewer) == "");
    }
    CHECK(s.tried(no) == "");
    CHECK(s.rule == "T32");
    CHECK(s.ticket.hard_case);
    CHECK(s.ticket.supervise_level == 3);
}

TEST_CASE("T34 the right grading sets the right limits from the dispatch that has been") {
    Stage s;
    s.act(Act::dispatch, Role::dispatcher);
    const Instant dispatched = s.now;
    s.pass(20min);
    auto r = s.request(Act::regrade, Role::dispatcher);
    r.urgency = Urgency::critical;
    CHECK(s.tried(r) == "");
    const auto* handling = open_clock(s.ticket, ClockKind::handle);
    REQUIRE(handling);
    CHECK(handling->due_at == dispatched + 24h);
    CHECK(s.ticket.topic == "规划建设");
    s.act(Act::sign_for, Role::official);
    CHECK(s.tried(r) == "not_allowed_in_state state:handling");
}
