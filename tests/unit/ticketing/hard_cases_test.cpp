#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stage;
using sla::ClockKind;
using sla::ClockState;

namespace {

// A hard case whose lead is the county's housing bureau.
Stage hard_case() {
    Stage s;
    s.handling();
    s.act(Act::first_contact, Role::official);
    s.act(Act::add_co_unit, Role::official);
    REQUIRE(s.act(Act::hard_case, Role::supervisor) == "");
    return s;
}

Stage planned() {
    Stage s = hard_case();
    REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
    return s;
}

Actor clerk_of(const Stage& s, std::string_view unit) {
    return {.user = {900}, .role = Role::unit_clerk, .name = "联络员", .unit = s.city.unit(unit)};
}

const sla::Clock& clock_of(const Ticket& ticket, std::uint16_t milestone) {
    const auto found = std::ranges::find_if(ticket.clocks, [&](const sla::Clock& clock) {
        return clock.kind == ClockKind::milestone && clock.generation == milestone;
    });
    REQUIRE(found != ticket.clocks.end());
    return *found;
}

sla::LocalDay day_in(const Stage& s, int days) {
    return sla::local_day(s.now) + std::chrono::days{days};
}

}  // namespace

TEST_CASE("T36 a plan gives every milestone a unit, a day and a clock of its own") {
    const Stage s = planned();
    CHECK(s.rule == "T36");
    CHECK(s.event.reason == "会议明确分工");
    REQUIRE(s.ticket.milestones.size() == 2);
    CHECK(s.ticket.meetings.front().basis == "三定方案第三条");
    CHECK(s.ticket.meetings.front().noted_at == s.now);
    CHECK(clock_of(s.ticket, 1).due_at == monday_nine + 24h * 7 + 9h);
    CHECK(clock_of(s.ticket, 2).due_at == monday_nine + 24h * 14 + 9h);
    CHECK(clock_of(s.ticket, 2).limit == sla::working_days(10));
    CHECK(clock_of(s.ticket, 1).warn_at);  // S16
    CHECK(next_clock(s.ticket)->kind != ClockKind::archive);
}

TEST_CASE("T36 the lead has as long as the last milestone, told apart from extensions") {
    Stage s = hard_case();
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;
    REQUIRE(due == monday_nine + 24h * 7 + 9h);  // five working days from Monday
    s.act(Act::ask_extension, Role::official);
    REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == clock_of(s.ticket, 2).due_at);
    CHECK(s.ticket.plan_days == 5);
    CHECK(s.ticket.extension_days == 0);
    CHECK(!s.ticket.extension_pending);
    // A nearer plan takes nothing away.
    auto nearer = s.request(Act::plan_hard_case, Role::supervisor);
    nearer.milestones.resize(1);
    REQUIRE(s.tried(nearer) == "");
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == clock_of(s.ticket, 2).due_at);
    CHECK(s.ticket.plan_days == 5);
}

TEST_CASE("T36 whatever its limit is counted in, the handling clock reaches the last milestone") {
    for (const auto limit : {sla::natural_hours(24), sla::working_hours(6), sla::working_days(1)}) {
        Stage s = hard_case();
        sla::Clock& handling = *open_clock(s.ticket, ClockKind::handle);
        handling = sla::start(ClockKind::handle, limit, s.now, s.city.calendar);
        REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
        CHECK(open_clock(s.ticket, ClockKind::handle)->due_at >= clock_of(s.ticket, 2).due_at);
        CHECK(open_clock(s.ticket, ClockKind::handle)->due_at < clock_of(s.ticket, 2).due_at + 24h);
        CHECK(s.ticket.plan_days > 0);
    }
}

TEST_CASE("T36 a plan heals no lateness") {
    Stage s = hard_case();
    s.now = open_clock(s.ticket, ClockKind::handle)->due_at + 1ms;
    s.act(Act::red_card, Role::system);
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;
    REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == due);
    CHECK(s.ticket.plan_days == 0);
}

TEST_CASE("T36 a meeting that is not noted properly is refused, and told why") {
    Stage s = hard_case();
    struct Row {
        void (*spoil)(ActRequest&);
        std::string_view guard;
    };
    const Row rows[] = {
        {[](ActRequest& r) { r.meeting.reset(); }, "meeting_fits"},
        {[](ActRequest& r) { r.meeting->held_on += std::chrono::days{1}; }, "meeting_fits"},
        {[](ActRequest& r) { r.meeting->held_on -= std::chrono::days{31}; }, "meeting_fits"},
        {[](ActRequest& r) { r.meeting->conclusion = "好"; }, "meeting_fits"},
        {[](ActRequest& r) { r.meeting->units.clear(); }, "meeting_fits"},
        {[](ActRequest& r) { r.meeting->units = {{999}}; }, "meeting_fits"},
        {[](ActRequest& r) { r.basis = ""; }, "has_basis"},
        {[](ActRequest& r) { r.milestones.clear(); }, "plan_fits"},
        {[](ActRequest& r) { r.milestones.resize(13, r.milestones[0]); }, "plan_fits"},
        {[](ActRequest& r) { r.milestones[1].text = "x"; }, "plan_fits"},
        {[](ActRequest& r) { r.milestones[1].unit = {999}; }, "plan_fits"},
        {[](ActRequest& r) { r.milestones[0].due_on = sla::local_day(monday_nine); }, "plan_fits"},
        {[](ActRequest& r) { r.milestones[0].due_on += std::chrono::days{365}; }, "plan_fits"},
    };
    for (const Row& row : rows) {
        auto r = s.request(Act::plan_hard_case, Role::supervisor);
        row.spoil(r);
        CHECK(s.tried(r) == "guard_failed " + std::string(row.guard));
    }
    s.ticket.complained_unit = s.city.unit("city.housing");  // A5
    CHECK(s.act(Act::plan_hard_case, Role::supervisor) == "guard_failed meeting_fits");
    auto r = s.request(Act::plan_hard_case, Role::supervisor);
    r.meeting->units.resize(1);
    CHECK(s.tried(r) == "guard_failed plan_fits");
    s.ticket.complained_unit = {};
    Stage closed = s;
    for (Unit& unit : closed.city.directory.units) unit.active = unit.code != "city.housing";
    CHECK(closed.act(Act::plan_hard_case, Role::supervisor) == "guard_failed meeting_fits");
    CHECK(s.act(Act::plan_hard_case, Role::unit_leader) == "forbidden plan_hard_case");
    std::erase_if(s.city.policy.limits, [](const sla::PolicyRow& row) {
        return row.kind == ClockKind::milestone;
    });
    CHECK(s.act(Act::plan_hard_case, Role::supervisor) == "guard_failed plan_fits");
    Stage simple;
    simple.handling();
    CHECK(simple.act(Act::plan_hard_case, Role::supervisor) == "guard_failed is_hard_case");
}

TEST_CASE("T36 plans reach no further than the policy lets them, counted from the first meeting") {
    Stage s = planned();
    const auto last =
        sla::local_day(sla::due_after(sla::working_days(60), monday_nine, s.city.calendar).at);
    s.now += 24h * 21;
    auto later = s.request(Act::plan_hard_case, Role::supervisor);
    later.milestones[1].due_on = last + std::chrono::days{1};
    CHECK(s.tried(later) == "guard_failed plan_fits");
    later.milestones[1].due_on = last;
    CHECK(s.tried(later) == "");
}

TEST_CASE("T36 another meeting cancels what is open, keeps what was met, and six are enough") {
    Stage s = planned();
    REQUIRE(s.act(Act::meet_milestone, Role::supervisor) == "");
    s.pass(1h);
    REQUIRE(s.act(Act::plan_hard_case, Role::supervisor) == "");
    REQUIRE(s.ticket.milestones.size() == 4);
    CHECK(s.ticket.milestones[0].state == MilestoneState::met);
    CHECK(s.ticket.milestones[1].state == MilestoneState::cancelled);
    CHECK(s.ticket.milestones[1].ended_at == s.now);
    CHECK(s.ticket.milestones[3].meeting == 2);
    CHECK(clock_of(s.ticket, 1).state == ClockState::stopped);
    CHECK(clock_of(s.ticket, 2).state == ClockState::cancelled);
    CHECK(clock_of(s.ticket, 4).state == ClockState::running);
    for (int meeting = 3; meeting <= 6; ++meeting) s.act(Act::plan_hard_case, Role::supervisor);
    CHECK(s.ticket.meetings.size() == 6);
    CHECK(s.act(Act::plan_hard_case, Role::supervisor) == "guard_failed is_hard_case");
}

TEST_CASE("T37 a milestone is met by its own unit, by the lead or the supervisor, with a sentence"
) {
    Stage s = planned();
    auto r = s.request(Act::meet_milestone, Role::unit_clerk);
    r.actor = clerk_of(s, "city.housing");
    CHECK(s.tried(r) == "guard_failed milestone_waits");  // the first is the county's
    r.milestone = 2;
    r.result_text = "好";
    CHECK(s.tried(r) == "guard_failed has_answer");
    r.result_text = "规划条件已复核";
    REQUIRE(s.tried(r) == "");
    CHECK(s.rule == "T37");
    CHECK(s.event.reason == "规划条件已复核");
    CHECK(s.ticket.milestones[1].report == "规划条件已复核");
    CHECK(clock_of(s.ticket, 2).state == ClockState::stopped);
    CHECK(s.tried(r) == "guard_failed milestone_open");
    for (const int number : {-1, 0, 3}) {
        auto wrong = s.request(Act::meet_milestone, Role::supervisor);
        wrong.milestone = number;
        CHECK(s.tried(wrong) == "guard_failed milestone_waits");
    }
    auto stranger = s.request(Act::meet_milestone, Role::unit_clerk);
    stranger.actor = clerk_of(s, "city.market");
    CHECK(s.tried(stranger) == "forbidden meet_milestone");
    CHECK(s.act(Act::meet_milestone, Role::official) == "");  // the lead's
}

TEST_CASE("T37 an official of the unit that has the milestone is offered it, and sees the ticket") {
    Stage s = hard_case();
    auto plan = s.request(Act::plan_hard_case, Role::supervisor);
    plan.milestones[1].unit = s.city.unit("city.state_grid");
    const Actor official{
        .role = Role::official, .unit = s.city.unit("city.state_grid"), .official = s.city.stranger
    };
    CHECK(!may_see(scope_of(official, s.city.directory), scope_keys(s.ticket)));
    REQUIRE(s.tried(plan) == "");
    CHECK(may_see(scope_of(official, s.city.directory), scope_keys(s.ticket)));
    const auto acts = allowed_acts(s.ticket, official, s.surroundings());
    CHECK(acts == std::vector{Act::meet_milestone, Act::note, Act::attach});
    const auto views = views_of(official, s.ticket, scope_of(official, s.city.directory));
    CHECK(views.person == View::masked);
    auto met = s.request(Act::meet_milestone, Role::official);
    met.actor = official;
    met.milestone = 2;
    CHECK(s.tried(met) == "");
    const auto after = allowed_acts(s.ticket, official, s.surroundings());
    CHECK(after == std::vector{Act::note, Act::attach});
}

TEST_CASE("T19 a result waits until every milestone is met or off") {
    Stage s = planned();
    auto help = s.request(Act::answer_co_unit, Role::unit_clerk);
    help.actor = clerk_of(s, "city.housing");
    REQUIRE(s.tried(help) == "");
    CHECK(s.act(Act::submit_result, Role::official) == "guard_failed milestones_done");
    for (const int number : {1, 2}) {
        auto met = s.request(Act::meet_milestone, Role::supervisor);
        met.milestone = number;
        REQUIRE(s.tried(met) == "");
    }
    CHECK(s.act(Act::submit_result, Role::official) == "");
}

TEST_CASE("T26 each milestone has its own cards, and the ladder leads to the supervision office") {
    Stage s = planned();
    auto card = s.request(Act::yellow_card, Role::system);
    card.clock = ClockKind::milestone;
    card.generation = 2;
    s.now = *clock_of(s.ticket, 2).warn_at;
    REQUIRE(s.tried(card) == "");
    CHECK(clock_of(s.ticket, 2).warned_at == s.now);
    CHECK(!clock_of(s.ticket, 1).warned_at);
    s.now = clock_of(s.ticket, 2).due_at + 1ms;
    card.act = Act::clock_overdue;
    REQUIRE(s.tried(card) == "");
    CHECK(clock_of(s.ticket, 2).state == ClockState::fired);
    CHECK(clock_of(s.ticket, 1).state == ClockState::running);
    REQUIRE(clock_of(s.ticket, 2).escalate_at);
    s.now = *clock_of(s.ticket, 2).escalate_at + 1ms;
    card.act = Act::escalate;
    REQUIRE(s.tried(card) == "");
    CHECK(s.ticket.supervise_level == 3);
    CHECK(s.tried(card) == "guard_failed step_due");
    // Met late is met.
    auto met = s.request(Act::meet_milestone, Role::supervisor);
    met.milestone = 2;
    REQUIRE(s.tried(met) == "");
    CHECK(sla::is_late(clock_of(s.ticket, 2), s.now));
}

TEST_CASE("T18 a parked plan stands still, and a withdrawn ticket has none") {
    Stage s = planned();
    s.act(Act::suspend, Role::supervisor);
    CHECK(clock_of(s.ticket, 1).state == ClockState::paused);
    s.pass(24h * 7);
    Stage met = s;
    CHECK(met.act(Act::meet_milestone, Role::supervisor) == "");
    REQUIRE(s.act(Act::resume, Role::supervisor) == "");
    CHECK(clock_of(s.ticket, 1).due_at == monday_nine + 24h * 14 + 9h);
    CHECK(clock_of(s.ticket, 1).warn_at);
    REQUIRE(s.act(Act::withdraw, Role::agent) == "");
    CHECK(s.ticket.milestones[0].state == MilestoneState::cancelled);
    CHECK(clock_of(s.ticket, 2).state == ClockState::cancelled);
}

TEST_CASE("T36 a day on which the unit's offices stay closed is the next working day") {
    Stage s = hard_case();
    auto r = s.request(Act::plan_hard_case, Role::supervisor);
    r.milestones.resize(1);
    r.milestones[0].due_on = day_in(s, 5);  // Saturday
    REQUIRE(s.tried(r) == "");
    CHECK(clock_of(s.ticket, 1).due_at == monday_nine + 24h * 7 + 9h);
}
