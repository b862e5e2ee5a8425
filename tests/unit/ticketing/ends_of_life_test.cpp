#include "tests/unit/ticketing/stage.hpp"
#include "tests/unit/ticketing/walk.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace stage;
using sla::ClockKind;
using sla::ClockState;

namespace {

// A stage that keeps the log of what happened on it.
struct Story : Stage {
    std::vector<Event> log;

    explicit Story(AppealType type = AppealType::help) : Stage(type) {
        auto opened = open_ticket(Ticket(ticket), actor(Role::enterprise), surroundings());
        keep(std::move(opened.event));
    }

    std::string then(Act what, Role role) {
        std::string refused = act(what, role);
        if (refused.empty()) keep(event);
        return refused;
    }

    sla::TicketFacts facts() const {
        const auto known = facts_of(log);
        REQUIRE(known);
        return *known;
    }

private:
    void keep(Event happened) {
        happened.seq = static_cast<std::uint32_t>(log.size() + 1);
        log.push_back(std::move(happened));
    }
};

const sla::Clock& newest(const Ticket& ticket, ClockKind kind) {
    const sla::Clock* found = nullptr;
    for (const sla::Clock& clock : ticket.clocks) {
        if (clock.kind == kind) found = &clock;
    }
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("T18 a parked ticket's clocks stand still, and the cause has a day to be looked at") {
    Stage s;
    s.handling();
    const Instant due = newest(s.ticket, ClockKind::handle).due_at;
    s.pass(24h);
    REQUIRE(s.act(Act::suspend, Role::supervisor) == "");
    CHECK(s.ticket.state == State::suspended);
    CHECK(s.ticket.suspended_at == s.now);
    CHECK(s.ticket.suspend_reason == "season");
    CHECK(s.ticket.suspend_count == 1);
    CHECK_FALSE(s.event.internal);
    for (const auto kind : {ClockKind::first_contact, ClockKind::handle}) {
        CHECK(newest(s.ticket, kind).state == ClockState::paused);
    }
    CHECK(newest(s.ticket, ClockKind::return_window).state == ClockState::cancelled);
    REQUIRE(next_clock(s.ticket));
    CHECK(next_clock(s.ticket)->kind == ClockKind::suspension);
    // The end of the office hours of the day that was chosen, a month away.
    CHECK(next_clock(s.ticket)->due_at == monday_nine + 24h * 31 + 9h);

    SUBCASE("resumed, it goes on with the time it had left") {
        s.pass(24h * 14);
        REQUIRE(s.act(Act::resume, Role::supervisor) == "");
        CHECK(s.ticket.state == State::handling);
        CHECK_FALSE(s.ticket.suspended_at);
        CHECK(s.ticket.suspend_reason.empty());
        CHECK(newest(s.ticket, ClockKind::suspension).state == ClockState::stopped);
        const sla::Clock& handling = newest(s.ticket, ClockKind::handle);
        CHECK(handling.state == ClockState::running);
        CHECK(handling.due_at == due + 24h * 14);  // ten working days in two weeks
        CHECK(handling.warn_at > s.now);
    }
    SUBCASE("nobody is carded for what stands still; the look itself can be late") {
        auto red = s.request(Act::red_card, Role::system);
        red.clock = ClockKind::handle;
        s.pass(24h * 40);
        CHECK(s.tried(red) == "guard_failed clock_waits");
        red.act = Act::clock_overdue;
        red.clock = ClockKind::suspension;
        CHECK(s.tried(red) == "");
        CHECK(s.ticket.supervise_level == 0);
    }
    SUBCASE("a later date may be set when the cause still stands") {
        s.pass(24h * 29);
        REQUIRE(s.act(Act::suspend, Role::supervisor) == "");
        CHECK(s.ticket.suspend_count == 1);
        CHECK(s.ticket.suspended_at == monday_nine + 24h);
        CHECK(newest(s.ticket, ClockKind::suspension).generation == 2);
        CHECK(newest(s.ticket, ClockKind::handle).pauses.size() == 1);
    }
    SUBCASE("the appellant may still withdraw") {
        CHECK(s.act(Act::withdraw, Role::enterprise) == "");
        CHECK_FALSE(s.ticket.suspended_at);
        CHECK(next_clock(s.ticket) == nullptr);
    }
}

TEST_CASE("T18 parking takes an objective cause, a leader who agreed and a day within ninety") {
    struct Row {
        void (*spoil)(ActRequest&);
        std::string_view guard;
    };
    const Row rows[] = {
        {[](ActRequest& r) { r.reason_code = "not_our_duty"; }, "suspend_reason_known"},
        {[](ActRequest& r) { r.reason = ""; }, "has_reason"},
        {[](ActRequest& r) { r.basis = ""; }, "has_basis"},
        {[](ActRequest& r) { r.review_on.reset(); }, "review_date_fits"},
        {[](ActRequest& r) { r.review_on = sla::local_day(monday_nine); }, "review_date_fits"},
        {[](ActRequest& r) { r.review_on = sla::local_day(monday_nine + 24h * 91); },
         "review_date_fits"},
    };
    Stage s;
    s.handling();
    for (const Row& row : rows) {
        auto r = s.request(Act::suspend, Role::supervisor);
        row.spoil(r);
        CHECK(s.tried(r) == "guard_failed " + std::string(row.guard));
    }
    auto longest = s.request(Act::suspend, Role::supervisor);
    longest.review_on = sla::local_day(monday_nine + 24h * 90);
    CHECK(s.decided(longest).has_value());
    CHECK(s.act(Act::suspend, Role::unit_leader) == "forbidden suspend");
    CHECK(s.act(Act::resume, Role::supervisor) == "not_allowed_in_state state:handling");
}

TEST_CASE("T18 a look on a day off comes on the next working day") {
    Stage s;
    s.handling();
    auto r = s.request(Act::suspend, Role::supervisor);
    r.review_on = sla::local_day(monday_nine + 24h * 5);  // Saturday
    REQUIRE(s.tried(r) == "");
    CHECK(newest(s.ticket, ClockKind::suspension).due_at == monday_nine + 24h * 7 + 9h);
}

TEST_CASE("F10 while a ticket is parked nothing is due") {
    Story s;
    s.then(Act::dispatch, Role::dispatcher);
    s.then(Act::sign_for, Role::official);
    const auto due = s.facts().due_at;
    REQUIRE(due);
    REQUIRE(s.then(Act::suspend, Role::supervisor) == "");
    CHECK_FALSE(s.facts().due_at);
    s.pass(24h * 7);
    REQUIRE(s.then(Act::resume, Role::supervisor) == "");
    CHECK(s.facts().due_at == *due + 24h * 7);
}

TEST_CASE("T5 a merger is undone: the ticket waits for a unit as if it had just come in") {
    Story s;
    s.then(Act::dispatch, Role::dispatcher);
    s.then(Act::merge, Role::dispatcher);
    REQUIRE(s.facts().excluded == sla::Exclusion::merged);
    s.pass(24h);
    CHECK(s.act(Act::unmerge, Role::agent) == "forbidden unmerge");
    REQUIRE(s.then(Act::unmerge, Role::dispatcher) == "");
    CHECK(s.ticket.state == State::accepted);
    CHECK_FALSE(s.ticket.parent);
    CHECK_FALSE(s.ticket.lead_unit);
    CHECK_FALSE(s.ticket.closed_at);
    CHECK(newest(s.ticket, ClockKind::dispatch).due_at == s.now + 30min);
    CHECK(newest(s.ticket, ClockKind::handle).state == ClockState::cancelled);
    CHECK(s.facts().excluded == sla::Exclusion::none);
    const auto before = s.facts().assignments.back();  // F11
    CHECK_FALSE(before.sign_due);
    CHECK_FALSE(before.contact_due);
    CHECK(sla::unit_in_charge(s.facts()) == 0);
    CHECK(s.then(Act::dispatch, Role::dispatcher) == "");
    CHECK(sla::unit_in_charge(s.facts()) == s.ticket.lead_unit.value);
}

TEST_CASE("F11 a merger undone is told on the parent, whose unit goes on owing what it owes") {
    Story parent;
    parent.then(Act::dispatch, Role::dispatcher);
    const auto before = parent.facts();
    Event told = parent.log.back();
    told.seq = 3;
    told.act = Act::unmerge;
    told.from = told.to = State::dispatched;
    told.changes = R"({"repeat_count":[1,0]})";
    parent.log.push_back(told);
    CHECK(parent.facts() == before);
}

TEST_CASE("T31 a closed ticket keeps the archive date it was given when the policy changes") {
    Stage s;
    s.callback();
    s.act(Act::callback, Role::reviewer);
    s.city.policy.archive_days = 60;
    s.pass(24h * 30);
    CHECK(s.act(Act::archive, Role::system) == "");
}

TEST_CASE("T31 the archive is a deadline that nobody can miss and a reopening lifts") {
    Stage s;
    s.callback();
    s.act(Act::callback, Role::reviewer);
    REQUIRE(s.ticket.state == State::closed);
    const sla::Clock& waiting = newest(s.ticket, ClockKind::archive);
    CHECK(waiting.due_at == s.now + 24h * 30);
    CHECK(next_clock(s.ticket) == nullptr);
    Stage again = s;
    again.act(Act::reopen, Role::enterprise);
    CHECK(newest(again.ticket, ClockKind::archive).state == ClockState::cancelled);
    s.pass(24h * 30);
    REQUIRE(s.act(Act::archive, Role::system) == "");
    CHECK(newest(s.ticket, ClockKind::archive).state == ClockState::stopped);
}

TEST_CASE("property: whatever happens to a ticket, while it is open somebody's clock is open") {
    const walk::World world;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        walk::Walk life(world, seed);
        for (int acts = 0; acts < 60; ++acts) {
            const auto step = life.step();
            if (!step) break;
            const Ticket& ticket = step->after;
            CAPTURE(seed);
            CAPTURE(acts);
            CAPTURE(std::string(name(step->request.act)));
            const bool waited_for = std::ranges::any_of(ticket.clocks, [](const sla::Clock& clock) {
                return sla::is_open(clock) && clock.kind != ClockKind::archive;
            });
            REQUIRE(waited_for == !is_final(ticket.state));
        }
    }
}
