#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace stage;
using sla::ClockKind;

namespace {

Actor clerk_of(const Stage& s, std::string_view unit) {
    return {.user = {900}, .role = Role::unit_clerk, .name = "联络员", .unit = s.city.unit(unit)};
}

// A desk that works every day from 08:00 to 20:00.
sla::Calendar desk() {
    sla::CalendarData data = sla::test::china().data();
    data.week.fill({{8h, 20h}});
    data.working_weekdays.reset();
    return sla::Calendar::build(std::move(data)).value();
}

// A hard case and the plan for it: one milestone of the city's bureau, which has a desk of its own.
struct DeskPlan {
    Stage s;
    UnitCalendars desks;

    DeskPlan() : desks({{"desk", desk()}}, {{s.city.unit("city.housing").value, "desk"}}) {
        s.handling();
        s.ticket.hard_case = true;
    }
    // The ticket after it.
    Ticket planned(int days) {
        auto request = s.request(Act::plan_hard_case, Role::supervisor);
        request.milestones.erase(request.milestones.begin());
        request.milestones[0].due_on = sla::local_day(s.now) + std::chrono::days{days};
        Surroundings around = s.surroundings();
        around.unit_calendars = &desks;
        return decide(s.ticket, request, around).value().after;
    }
};

}  // namespace

TEST_CASE("T2 a draft's title is the one given, else how its content begins") {
    Stage s;
    s.ticket.state = State::draft;
    s.ticket.needs_entry = true;
    Stage untitled = s;
    auto request = s.request(Act::complete, Role::agent);
    request.title = "用电报装";
    REQUIRE(s.tried(request) == "");
    CHECK(s.ticket.title == "用电报装");
    CHECK(s.ticket.content == "补充的诉求内容");
    CHECK_FALSE(s.ticket.needs_entry);
    request.title.clear();
    request.content.clear();
    for (int i = 0; i < 41; ++i) request.content += "长";
    REQUIRE(untitled.tried(request) == "");
    CHECK(untitled.ticket.title.size() == 40 * std::string("长").size());
    CHECK(untitled.ticket.content == request.content);
}

TEST_CASE("T4 of an answered question a survey is kept only when both things were asked") {
    for (const bool asked : {true, false}) {
        Stage s(AppealType::consult);
        auto request = s.request(Act::close_on_call, Role::agent);
        if (!asked) request.satisfaction.reset();
        REQUIRE(s.tried(request) == "");
        CHECK(s.ticket.survey.has_value() == asked);
        CHECK(s.ticket.closed_as == ClosedAs::immediate);
    }
}

TEST_CASE("T6 the router's reasons are kept, and stay when a person dispatches anew") {
    Stage s;
    auto routed = s.request(Act::dispatch, Role::system);
    routed.route_trace = R"({"topic":"规划建设"})";
    REQUIRE(s.tried(routed) == "");
    CHECK(s.ticket.route_trace == routed.route_trace);
    REQUIRE(s.act(Act::return_ticket, Role::unit_clerk) == "");
    REQUIRE(s.act(Act::approve_return, Role::dispatcher) == "");
    auto by_hand = s.request(Act::dispatch, Role::dispatcher);
    by_hand.unit = s.city.unit("city.housing");
    by_hand.official = {};
    REQUIRE(s.tried(by_hand) == "");
    CHECK(s.ticket.route_trace == routed.route_trace);
}

TEST_CASE("T7 who signs for a ticket that is nobody's has it, when he is an official") {
    Stage s;
    auto dispatch = s.request(Act::dispatch, Role::dispatcher);
    dispatch.official = {};
    REQUIRE(s.tried(dispatch) == "");
    Stage office = s;
    REQUIRE(office.act(Act::sign_for, Role::unit_clerk) == "");
    CHECK_FALSE(office.ticket.official);
    auto sign = s.request(Act::sign_for, Role::unit_clerk);
    sign.actor.official = s.city.colleague;
    REQUIRE(s.tried(sign) == "");
    CHECK(s.ticket.official == s.city.colleague);
}

TEST_CASE("T9 a return without further words is told by its basis") {
    for (const auto& [reason, told] :
         {std::pair{"", "三定方案第三条"}, {"不属我局", "不属我局\n三定方案第三条"}}) {
        Stage s;
        s.act(Act::dispatch, Role::dispatcher);
        auto request = s.request(Act::return_ticket, Role::unit_clerk);
        request.reason = reason;
        REQUIRE(s.tried(request) == "");
        CHECK(s.event.reason == told);
    }
}

TEST_CASE("T14 an office above a helper may give its opinion, one beside it may not") {
    Stage s;
    s.handling();
    auto help = s.request(Act::add_co_unit, Role::official);
    help.unit = s.city.unit("610526.market");
    REQUIRE(s.tried(help) == "");
    auto opinion = s.request(Act::answer_co_unit, Role::unit_clerk);
    opinion.actor = clerk_of(s, "610526.industry");
    CHECK(s.tried(opinion) == "guard_failed co_unit_waits");
    opinion.actor = clerk_of(s, "610526.gov_office");
    REQUIRE(s.tried(opinion) == "");
    CHECK(s.ticket.co_answered == std::vector{s.city.unit("610526.market")});
}

TEST_CASE("T14 where the policy gives helpers no limit the result does not wait for them") {
    Stage s;
    std::erase_if(s.city.policy.limits, [](const sla::PolicyRow& row) {
        return row.kind == ClockKind::co_unit;
    });
    s.handling();
    s.act(Act::first_contact, Role::official);
    REQUIRE(s.act(Act::add_co_unit, Role::official) == "");
    CHECK(open_clock(s.ticket, ClockKind::co_unit) == nullptr);
    CHECK(s.act(Act::submit_result, Role::official) == "");
}

TEST_CASE("T17 an extension in days is granted in the unit the limit counts in") {
    const std::pair<sla::Limit, sla::Limit> rows[] = {
        {sla::working_days(3), sla::working_days(2)},
        {sla::working_hours(6), sla::working_hours(14)},
        {sla::natural_hours(72), sla::natural_hours(48)},
    };
    for (const auto& [limit, granted] : rows) {
        Stage s;
        s.handling();
        sla::Clock& handling = *open_clock(s.ticket, ClockKind::handle);
        handling = sla::start(ClockKind::handle, limit, s.now, s.city.calendar);
        const auto longer = sla::extend(handling, granted, s.now, s.city.calendar).value();
        REQUIRE(s.act(Act::ask_extension, Role::official) == "");
        REQUIRE(s.act(Act::approve_extension, Role::supervisor) == "");
        const sla::Clock& now = *open_clock(s.ticket, ClockKind::handle);
        CHECK(now.due_at == longer.due_at);
        CHECK(now.extensions == longer.extensions);
        CHECK(s.ticket.extension_days == 2);
    }
}

TEST_CASE("T34 whatever is put right is changed, and nothing besides") {
    const std::pair<void (*)(ActRequest&), void (*)(Ticket&)> rows[] = {
        {[](ActRequest& r) {
             r.topic = "用电";
             r.category = "要素保障";
         },
         [](Ticket& t) {
             t.topic = "用电";
             t.category = "要素保障";
         }},
        {[](ActRequest& r) { r.title = "报装迟迟不办"; },
         [](Ticket& t) { t.title = "报装迟迟不办"; }},
        {[](ActRequest& r) { r.division = "610527"; }, [](Ticket& t) { t.division = "610527"; }},
    };
    for (const auto& [ask, put_right] : rows) {
        Stage s;
        auto request = s.request(Act::regrade, Role::dispatcher);
        request.urgency.reset();
        ask(request);
        Ticket expected = s.ticket;
        put_right(expected);
        ++expected.version;
        REQUIRE(s.tried(request) == "");
        CHECK(s.ticket == expected);
    }
}

TEST_CASE("T36 the lead gets a day of its own when the milestone's unit works and it does not") {
    DeskPlan plan;
    const Ticket after = plan.planned(12);  // Saturday, the 14th
    const sla::Clock& handling = *open_clock(after, ClockKind::handle);
    CHECK(open_clock(after, ClockKind::milestone)->due_at == sla::test::at(2026, 3, 14, 20));
    CHECK(handling.due_at == sla::test::at(2026, 3, 16, 18));
    CHECK(after.plan_days == 5);
}

TEST_CASE("T36 two hours at the milestone's desk are no day more for the lead") {
    DeskPlan plan;
    const Ticket after = plan.planned(7);  // the Monday the lead is due itself
    CHECK(open_clock(after, ClockKind::milestone)->due_at == sla::test::at(2026, 3, 9, 20));
    CHECK(open_clock(after, ClockKind::handle)->due_at == sla::test::at(2026, 3, 9, 18));
    CHECK(after.plan_days == 0);
}

TEST_CASE("T36 a plan for a ticket that no limit handles moves nothing") {
    DeskPlan plan;
    std::erase_if(plan.s.ticket.clocks, [](const sla::Clock& clock) {
        return clock.kind == ClockKind::handle;
    });
    const Ticket after = plan.planned(12);
    CHECK(after.milestones.size() == 1);
    CHECK(after.plan_days == 0);
    CHECK_FALSE(handling_due(after));
}

TEST_CASE("T36, T38 a unit has a part open while its milestone is, or it mediates") {
    Stage s;
    s.handling();
    s.ticket.hard_case = true;
    const UnitId lead = s.ticket.lead_unit;
    const UnitId housing = s.city.unit("city.housing");
    REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
    CHECK(has_open_part(s.ticket, lead));
    CHECK(has_open_part(s.ticket, housing));
    CHECK_FALSE(has_open_part(s.ticket, s.city.unit("city.market")));
    REQUIRE(s.act(Act::meet_milestone, Role::supervisor) == "");
    CHECK_FALSE(has_open_part(s.ticket, lead));
    s.ticket.state = State::mediating;
    s.ticket.mediations = {{.unit = s.city.unit("610526.justice")}};
    CHECK(has_open_part(s.ticket, s.city.unit("610526.justice")));
    CHECK_FALSE(has_open_part(s.ticket, lead));
    CHECK_FALSE(has_open_part(s.ticket, {}));
}

TEST_CASE("T39 only an agreement of this round is the basis of its result") {
    Stage s;
    CHECK(agreement_text(s.ticket) == "");
    Mediation last{.outcome = MediationOutcome::agreed, .words = "十日内付清", .keeper = "甲方"};
    s.ticket.mediations = {last};
    CHECK(agreement_text(s.ticket) == "调解协议：十日内付清（甲方履行）");
    s.ticket.mediations[0].keep_by = sla::test::day(2026, 4, 1);
    CHECK(agreement_text(s.ticket) == "调解协议：十日内付清（甲方，2026-04-01前履行）");
    s.ticket.mediations[0].outcome = MediationOutcome::failed;
    CHECK(agreement_text(s.ticket) == "");
    s.ticket.mediations = {last};
    s.ticket.round = 2;
    CHECK(agreement_text(s.ticket) == "");
}

TEST_CASE("the date lists sort by is that of the newest handling clock that was not cancelled") {
    Stage s;
    CHECK_FALSE(handling_due(s.ticket));
    s.submitted();
    const auto first = handling_due(s.ticket);
    REQUIRE(first);  // stopped, and still told
    s.pass(24h);
    REQUIRE(s.act(Act::review_fail, Role::reviewer) == "");
    CHECK(handling_due(s.ticket) == open_clock(s.ticket, ClockKind::handle)->due_at);
    CHECK(handling_due(s.ticket) != first);
    cancel_clock(s.ticket, ClockKind::handle, s.now);
    CHECK(handling_due(s.ticket) == first);
}

TEST_CASE("S17: the watcher looks at a ticket's earliest alarm, or at the earliest after a moment"
) {
    Stage s;
    s.ticket.clocks.clear();
    CHECK_FALSE(next_alarm_at(s.ticket));
    for (const int hours : {24, 2, 48}) {
        const auto limit = sla::natural_hours(hours);
        s.ticket.clocks.push_back(sla::start(ClockKind::handle, limit, s.now, s.city.calendar));
    }
    s.ticket.clocks.push_back(
        sla::cancel(s.ticket.clocks.back(), s.now).value_or(s.ticket.clocks.back())
    );
    CHECK(next_alarm_at(s.ticket) == s.now + 2h);
    CHECK(next_alarm_at(s.ticket, s.now + 2h) == s.now + 24h);
    CHECK(next_alarm_at(s.ticket, s.now + 24h) == s.now + 48h);
    CHECK_FALSE(next_alarm_at(s.ticket, s.now + 48h));
}
