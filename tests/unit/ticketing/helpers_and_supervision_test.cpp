#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

using namespace stage;
using sla::ClockKind;

namespace {

// The clerk of a unit that helps.
Actor helper(const Stage& s, std::string_view unit) {
    return {.user = {900}, .role = Role::unit_clerk, .name = "协办", .unit = s.city.unit(unit)};
}

ActRequest opinion(const Stage& s, std::string_view unit) {
    auto r = s.request(Act::answer_co_unit, Role::unit_clerk);
    r.actor = helper(s, unit);
    r.result_text = "规划条件已核，可以办理";
    return r;
}

Stage with_helper() {
    Stage s;
    s.handling();
    s.act(Act::first_contact, Role::official);
    REQUIRE(s.act(Act::add_co_unit, Role::official) == "");
    return s;
}

}  // namespace

TEST_CASE("T14 a result waits for the opinion of every unit that was asked to help") {
    Stage s = with_helper();
    CHECK(s.act(Act::submit_result, Role::official) == "guard_failed co_units_answered");
    CHECK(s.tried(opinion(s, "city.state_grid")) == "guard_failed co_unit_waits");
    REQUIRE(s.tried(opinion(s, "city.housing")) == "");
    CHECK(s.event.reason == "规划条件已核，可以办理");
    CHECK(s.event.internal);
    CHECK(s.ticket.co_answered == std::vector{s.city.unit("city.housing")});
    CHECK(open_clock(s.ticket, ClockKind::co_unit) == nullptr);
    CHECK(s.tried(opinion(s, "city.housing")) == "guard_failed co_unit_waits");
    CHECK(s.act(Act::submit_result, Role::official) == "");
}

TEST_CASE("T14 an opinion says something") {
    Stage s = with_helper();
    auto r = opinion(s, "city.housing");
    r.result_text = "无";
    CHECK(s.tried(r) == "guard_failed has_answer");
    CHECK(s.act(Act::answer_co_unit, Role::agent) == "forbidden answer_co_unit");
}

TEST_CASE("T14 helpers are due before the lead, who does not wait for ever") {
    Stage s = with_helper();
    const sla::Clock* helping = open_clock(s.ticket, ClockKind::co_unit);
    REQUIRE(helping);
    CHECK(helping->due_at < open_clock(s.ticket, ClockKind::handle)->due_at);
    s.now = helping->due_at;
    CHECK(s.act(Act::submit_result, Role::official) == "guard_failed co_units_answered");
    s.pass(1ms);
    CHECK(s.act(Act::submit_result, Role::official) == "");
    CHECK(s.ticket.co_answered.empty());
}

TEST_CASE("T14 where the lead has little time left the helpers have half of it") {
    Stage s(AppealType::consult);
    s.handling();
    s.now = open_clock(s.ticket, ClockKind::handle)->due_at - 4h;
    REQUIRE(s.act(Act::add_co_unit, Role::official) == "");
    CHECK(open_clock(s.ticket, ClockKind::co_unit)->due_at == s.now + 2h);
}

TEST_CASE("T14 units asked with the dispatch are asked at once, and no longer after a return") {
    Stage s;
    auto r = s.request(Act::dispatch, Role::dispatcher);
    r.co_units = {s.city.unit("city.housing")};
    REQUIRE(s.tried(r) == "");
    CHECK(open_clock(s.ticket, ClockKind::co_unit) != nullptr);
    s.act(Act::return_ticket, Role::unit_clerk);
    s.act(Act::approve_return, Role::dispatcher);
    CHECK(open_clock(s.ticket, ClockKind::co_unit) == nullptr);
    CHECK(s.ticket.co_units.empty());
}

TEST_CASE("T28 a supervision sheet wants the unit's reply by a day of its own") {
    Stage s;
    s.handling();
    auto sheet = s.request(Act::supervise, Role::manager);
    sheet.answer_by = sla::local_day(s.now) + std::chrono::days{7};
    REQUIRE(s.tried(sheet) == "");
    REQUIRE(open_clock(s.ticket, ClockKind::supervision));
    CHECK(open_clock(s.ticket, ClockKind::supervision)->due_at == monday_nine + 24h * 7 + 9h);
    CHECK(s.act(Act::answer_supervision, Role::supervisor) == "forbidden answer_supervision");
    auto reply = s.request(Act::answer_supervision, Role::unit_leader);
    reply.result_text = "已约企业周五到现场";
    REQUIRE(s.tried(reply) == "");
    CHECK(s.event.reason == "已约企业周五到现场");
    CHECK(s.tried(reply) == "guard_failed supervision_waits");
}

TEST_CASE("T28 without a day the policy's limit runs; the result is an answer, too") {
    Stage s;
    s.handling();
    REQUIRE(s.act(Act::supervise, Role::supervisor) == "");
    CHECK(open_clock(s.ticket, ClockKind::supervision)->limit == sla::working_days(2));
    s.act(Act::first_contact, Role::official);
    REQUIRE(s.act(Act::submit_result, Role::official) == "");
    CHECK(open_clock(s.ticket, ClockKind::supervision) == nullptr);
}

TEST_CASE("T28 a reply is due from tomorrow on, and there is none where no unit has the ticket") {
    Stage s;
    auto sheet = s.request(Act::supervise, Role::supervisor);
    sheet.answer_by = sla::local_day(s.now);
    CHECK(s.tried(sheet) == "guard_failed answer_date_fits");
    sheet.answer_by = sla::local_day(s.now) + std::chrono::days{31};
    CHECK(s.tried(sheet) == "guard_failed answer_date_fits");
    sheet.answer_by.reset();
    REQUIRE(s.tried(sheet) == "");
    CHECK(open_clock(s.ticket, ClockKind::supervision) == nullptr);
}

TEST_CASE("T14 a unit that is asked after the others' time ran out has time of its own") {
    Stage s = with_helper();
    s.now = open_clock(s.ticket, ClockKind::co_unit)->due_at + 1h;
    auto more = s.request(Act::add_co_unit, Role::official);
    more.unit = s.city.unit("city.state_grid");
    REQUIRE(s.tried(more) == "");
    REQUIRE(open_clock(s.ticket, ClockKind::co_unit));
    CHECK(open_clock(s.ticket, ClockKind::co_unit)->generation == 2);
    CHECK(s.act(Act::submit_result, Role::official) == "guard_failed co_units_answered");
}

TEST_CASE("T14 a unit that is asked while the others still have time has the time they have") {
    Stage s = with_helper();
    const sla::Clock first = *open_clock(s.ticket, ClockKind::co_unit);
    s.now = first.due_at;
    auto more = s.request(Act::add_co_unit, Role::official);
    more.unit = s.city.unit("city.state_grid");
    REQUIRE(s.tried(more) == "");
    REQUIRE(open_clock(s.ticket, ClockKind::co_unit));
    CHECK(*open_clock(s.ticket, ClockKind::co_unit) == first);
}

TEST_CASE("T28 where the centre has the ticket a sheet starts no clock that nobody could stop") {
    Stage s;
    s.submitted();
    REQUIRE(s.act(Act::supervise, Role::supervisor) == "");
    CHECK(open_clock(s.ticket, ClockKind::supervision) == nullptr);
}
