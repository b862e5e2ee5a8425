#include "ticketing/lifecycle/recompute.hpp"

#include "sla/policy_text.hpp"
#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace stage;
using sla::ClockKind;
using sla::ClockState;
using sla::test::at;
using sla::test::day;
using Fate = DueShift::Fate;

namespace {

// The calendar of 2026 after a notice that came late: Thursday, 5 March, is a day off.
sla::Calendar with_a_day_off() {
    auto data = sla::test::china().data();
    data.version = 4;
    data.rules.push_back({day(2026, 3, 5), true, "防汛调休"});
    return sla::Calendar::build(std::move(data)).value();
}

void set_policy(Stage& s, const std::string& lines) {
    std::string text = sla::to_text(s.city.policy);
    text.replace(0, text.find('\n') + 1, "policy 2\n" + lines);
    const auto read = sla::parse_policy(text);
    REQUIRE(read.has_value());
    s.city.policy = *read;
}

std::string recompute(Stage& s, std::string reason = "上级调整放假安排") {
    ActRequest r;
    r.act = Act::recompute;
    r.actor = {.role = Role::system, .name = "系统"};
    r.reason = std::move(reason);
    return s.tried(r);
}

const DueShift* shift_of(const std::vector<DueShift>& shifts, ClockKind kind) {
    for (const auto& shift : shifts) {
        if (shift.before.kind == kind) return &shift;
    }
    return nullptr;
}

Instant due(const Stage& s, ClockKind kind) {
    return open_clock(s.ticket, kind)->due_at;
}

}  // namespace

TEST_CASE("T40: nothing moves while policy and calendar are those the dates were given by") {
    Stage s;
    s.handling();
    CHECK(due_shifts(s.ticket, s.surroundings(), Limits::by_policy).empty());
    CHECK(recompute(s) == "guard_failed some_due_moves");
}

TEST_CASE("T40: a day off that is announced late moves the due dates that run through it") {
    Stage s;
    s.handling();
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 9, 18));
    s.city.calendar = with_a_day_off();
    const auto shifts = due_shifts(s.ticket, s.surroundings(), Limits::by_policy);
    REQUIRE(shift_of(shifts, ClockKind::handle) != nullptr);
    CHECK(shift_of(shifts, ClockKind::handle)->after.due_at == at(2026, 3, 10, 18));
    // Two natural hours to the first contact know no days off.
    CHECK(shift_of(shifts, ClockKind::first_contact) == nullptr);

    CHECK(recompute(s) == "");
    CHECK(s.rule == "T40");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 10, 18));
    CHECK(open_clock(s.ticket, ClockKind::handle)->calendar_version == 4);
    CHECK_FALSE(s.event.internal);
    CHECK(s.event.reason == "上级调整放假安排");
    CHECK(s.event.changes.contains("due_handle"));
    CHECK(s.event.from == State::handling);
    CHECK(s.event.to == State::handling);
    // Once: now nothing is left to move.
    CHECK(recompute(s) == "guard_failed some_due_moves");
}

TEST_CASE("T40: a new policy moves the dates of its lines, with the warning") {
    Stage s;
    s.handling();
    set_policy(s, "limit handle first * * help 8wd warn 20% 3wd\n");
    CHECK(recompute(s) == "");
    const auto* handle = open_clock(s.ticket, ClockKind::handle);
    CHECK(handle->limit == sla::working_days(8));
    CHECK(handle->due_at == at(2026, 3, 12, 18));
    CHECK(handle->warn_at == at(2026, 3, 9, 18));
    CHECK(handle->policy_version == 2);
}

TEST_CASE("T40: the centre's own dates move without the appellant being told") {
    Stage s;
    s.submitted();
    set_policy(s, "limit review first * * * 3wd\n");
    CHECK(recompute(s) == "");
    CHECK(s.event.internal);
    CHECK(s.event.changes.contains("moved_review"));
    CHECK(due(s, ClockKind::review) == at(2026, 3, 5, 18));
}

TEST_CASE("S43: nobody is made late by a limit that was shortened afterwards") {
    Stage s;
    s.handling();
    s.now = at(2026, 3, 6, 10);
    set_policy(s, "limit handle first * * help 2wd warn 20% 1wd\n");
    const auto shifts = due_shifts(s.ticket, s.surroundings(), Limits::by_policy);
    REQUIRE(shift_of(shifts, ClockKind::handle) != nullptr);
    CHECK(shift_of(shifts, ClockKind::handle)->fate == Fate::stays);
    CHECK(recompute(s) == "guard_failed some_due_moves");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 9, 18));
}

TEST_CASE("S43: after a new calendar limits stay as given, whatever the policy says meanwhile") {
    Stage s;
    s.handling();
    set_policy(s, "limit handle first * * help 8wd warn 20% 1wd\n");
    CHECK(due_shifts(s.ticket, s.surroundings(), Limits::kept).empty());
    s.city.calendar = with_a_day_off();
    ActRequest r;
    r.act = Act::recompute;
    r.actor = {.role = Role::system, .name = "系统"};
    r.keep_limits = true;
    CHECK(s.tried(r) == "");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 10, 18));
    CHECK(open_clock(s.ticket, ClockKind::handle)->policy_version == 1);
}

TEST_CASE("S43: what was late only by a day that became a day off is not late any more") {
    Stage s;
    set_policy(s, "limit handle first * * help 3wd warn 20% 1wd\n");
    s.handling();
    s.now = at(2026, 3, 5, 18, 1);
    ActRequest card;
    card.act = Act::red_card;
    card.actor = {.role = Role::system, .name = "系统"};
    card.clock = ClockKind::handle;
    REQUIRE(s.tried(card) == "");
    CHECK(open_clock(s.ticket, ClockKind::handle)->state == ClockState::fired);
    s.city.calendar = with_a_day_off();
    CHECK(recompute(s) == "");
    const auto* handle = open_clock(s.ticket, ClockKind::handle);
    CHECK(handle->state == ClockState::running);
    CHECK(handle->due_at == at(2026, 3, 6, 18));
    CHECK_FALSE(handle->fired_at.has_value());
    CHECK(handle->escalate_to == 0);
    // And late again when that day has passed.
    s.now = at(2026, 3, 6, 18, 1);
    CHECK(s.tried(card) == "");
}

TEST_CASE("S43: an extended limit keeps its extension, and its unit") {
    Stage s;
    s.handling();
    REQUIRE(s.act(Act::ask_extension, Role::official) == "");
    REQUIRE(s.act(Act::approve_extension, Role::supervisor) == "");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 11, 18));
    set_policy(s, "limit handle first * * help 6wd warn 20% 1wd\n");
    CHECK(recompute(s) == "");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 12, 18));
    s.city.policy.version = 3;
    s.city.policy.limits.front().limit = sla::natural_hours(48);
    CHECK(recompute(s) == "guard_failed some_due_moves");
}

TEST_CASE("S43: a date that somebody named does not move") {
    Stage s;
    s.handling();
    REQUIRE(s.act(Act::suspend, Role::supervisor) == "");
    const Instant look = due(s, ClockKind::suspension);
    s.city.calendar = with_a_day_off();
    CHECK(recompute(s) == "");  // the parked handling clock moves
    CHECK(due(s, ClockKind::suspension) == look);
    CHECK(open_clock(s.ticket, ClockKind::handle)->state == ClockState::paused);
}

TEST_CASE("S43: a clock stays as it was given where the new policy has no limit for it") {
    Stage s;
    s.handling();
    set_policy(s, "limit handle first * * help none\n");
    CHECK(due_shifts(s.ticket, s.surroundings(), Limits::by_policy).empty());
}

TEST_CASE("S6: a flag goes when the year's notice is there, also where the date stays") {
    Stage s;
    s.city.calendar = sla::test::calendar_of({2024, 2025}, 2);
    s.handling();
    REQUIRE(open_clock(s.ticket, ClockKind::handle)->beyond_known_calendar);
    s.city.calendar = sla::test::china();
    const auto shifts = due_shifts(s.ticket, s.surroundings(), Limits::by_policy);
    REQUIRE(shift_of(shifts, ClockKind::handle) != nullptr);
    CHECK(shift_of(shifts, ClockKind::handle)->fate == Fate::settles);
    CHECK(recompute(s) == "");
    CHECK(s.event.internal);
    CHECK_FALSE(open_clock(s.ticket, ClockKind::handle)->beyond_known_calendar);
}

TEST_CASE("S42: a unit's own limits hold from its dispatch, others keep everybody's") {
    Stage s;
    set_policy(s, "limit handle first * * help 2wd warn 20% 1wd for 610526.housing\n");
    const UnitPolicies units{s.city.policy, s.city.directory};
    const sla::Policy everybody = sla::for_unit(s.city.policy, {});
    Surroundings around{s.city.directory, everybody, s.city.calendar, s.now};
    around.unit_policies = &units;
    auto request = s.request(Act::dispatch, Role::dispatcher);
    auto housing = decide(s.ticket, request, around);
    REQUIRE(housing.has_value());
    CHECK(open_clock(housing->after, ClockKind::handle)->due_at == at(2026, 3, 4, 18));
    request.unit = s.city.unit("city.state_grid");
    request.official = s.city.stranger;
    auto grid = decide(s.ticket, request, around);
    REQUIRE(grid.has_value());
    CHECK(open_clock(grid->after, ClockKind::handle)->due_at == at(2026, 3, 9, 18));
}

TEST_CASE("S43: which clocks are reckoned anew, of all there are") {
    using enum ClockKind;
    const std::set<ClockKind> by_policy{
        sign_for,
        return_window,
        first_contact,
        feedback,
        handle,
        dispatch,
        review,
        callback,
        ruling,
        entry,
        mediation
    };
    for (const auto& [kind, word] : names_of(ClockKind{})) {
        CAPTURE(word);
        Stage s;
        s.handling();
        s.ticket.mediations = {{.unit = s.city.unit("610526.justice")}};
        s.ticket.milestones = {{.unit = s.city.unit("610526.market")}};
        const auto limit = sla::working_days(5);
        s.ticket.clocks = {sla::start(kind, limit, s.now, s.city.calendar)};
        s.city.calendar = with_a_day_off();
        const auto shifts = due_shifts(s.ticket, s.surroundings(), Limits::kept);
        CHECK((shifts.size() == 1) == by_policy.contains(kind));
    }
}

TEST_CASE("S43: what is overdue by the new date as well stays overdue, with its next step") {
    Stage s;
    s.handling();
    s.now = at(2026, 3, 12, 9);
    ActRequest card;
    card.act = Act::red_card;
    card.actor = {.role = Role::system, .name = "系统"};
    card.clock = ClockKind::handle;
    REQUIRE(s.tried(card) == "");
    s.city.calendar = with_a_day_off();
    REQUIRE(recompute(s) == "");
    const auto* handle = open_clock(s.ticket, ClockKind::handle);
    CHECK(handle->due_at == at(2026, 3, 10, 18));
    CHECK(handle->state == ClockState::fired);
    CHECK(handle->escalate_to != 0);
}

TEST_CASE("S43: a limit shortened in time brings the date forward") {
    Stage s;
    s.handling();
    set_policy(s, "limit handle first * * help 2wd warn 20% 1wd\n");
    CHECK(recompute(s) == "");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 4, 18));
}

TEST_CASE("T40: another limit with the same date is taken over, and the appellant is not told") {
    Stage s;
    s.handling();
    set_policy(s, "limit handle first * * help 177h warn 20% 1wd\n");
    CHECK(recompute(s) == "");
    CHECK(s.event.internal);
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 9, 18));
    CHECK(open_clock(s.ticket, ClockKind::handle)->limit == sla::natural_hours(177));
}

TEST_CASE("S43: beside a date that moves, one that would be past stays") {
    Stage s;
    s.handling();
    const Instant contact = due(s, ClockKind::first_contact);
    s.now = contact;
    set_policy(s, "limit handle first * * help 8wd\nlimit first_contact first * * help 30m\n");
    CHECK(recompute(s) == "");
    CHECK(due(s, ClockKind::handle) == at(2026, 3, 12, 18));
    CHECK(due(s, ClockKind::first_contact) == contact);
}
