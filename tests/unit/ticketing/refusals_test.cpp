#include "tests/unit/ticketing/stage.hpp"
#include "tests/unit/ticketing/walk.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/lifecycle/transition_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace stage;
using sla::ClockKind;

TEST_CASE("every form that is missing something is told what") {
    struct Row {
        Act act;
        Role role;
        void (*spoil)(ActRequest&);
        std::string_view guard;
    };
    const Row accepted[] = {
        {Act::decline,
         Role::dispatcher,
         [](ActRequest& r) { r.reason_code = "no"; },
         "decline_reason_known"},
        {Act::decline, Role::dispatcher, [](ActRequest& r) { r.reason = "短"; }, "has_reason"},
        {Act::merge, Role::dispatcher, [](ActRequest& r) { r.parent_fits = false; }, "parent_fits"},
        {Act::merge, Role::dispatcher, [](ActRequest& r) { r.parent = {7}; }, "parent_fits"},
        {Act::dispatch, Role::dispatcher, [](ActRequest& r) { r.unit = {999}; }, "unit_can_take"},
        {Act::dispatch,
         Role::dispatcher,
         [](ActRequest& r) { r.co_units = {r.unit}; },
         "unit_can_take"},
        {Act::dispatch,
         Role::dispatcher,
         [](ActRequest& r) { r.official = {3}; },
         "official_belongs"},
        {Act::close_on_call, Role::agent, [](ActRequest&) {}, "answered_on_call"},
        {Act::designate, Role::supervisor, [](ActRequest&) {}, "may_be_designated"},
        {Act::regrade,
         Role::dispatcher,
         [](ActRequest& r) { r.urgency.reset(); },
         "something_to_put_right"},
        {Act::requeue, Role::admin, [](ActRequest&) {}, "has_content"},
    };
    const Row at_work[] = {
        {Act::return_ticket,
         Role::unit_clerk,
         [](ActRequest& r) { r.reason_code = ""; },
         "return_reason_known"},
        {Act::return_ticket, Role::unit_clerk, [](ActRequest& r) { r.basis = ""; }, "has_basis"},
        {Act::reassign,
         Role::unit_clerk,
         [](ActRequest& r) { r.official = {}; },
         "official_inside_unit"},
        {Act::reassign,
         Role::unit_clerk,
         [](ActRequest& r) { r.official = {3}; },
         "official_inside_unit"},
        {Act::first_contact,
         Role::official,
         [](ActRequest& r) { r.contact_way = ""; },
         "has_contact_log"},
        {Act::note, Role::agent, [](ActRequest& r) { r.reason = ""; }, "has_reason"},
        {Act::hard_case, Role::supervisor, [](ActRequest&) {}, "hard_enough"},
    };
    for (const Row& row : accepted) {
        Stage s;
        auto r = s.request(row.act, row.role);
        row.spoil(r);
        CHECK(s.tried(r) == "guard_failed " + std::string(row.guard));
    }
    Stage handling;
    handling.handling();
    for (const Row& row : at_work) {
        Stage s = handling;
        auto r = s.request(row.act, row.role);
        row.spoil(r);
        CHECK(s.tried(r) == "guard_failed " + std::string(row.guard));
    }
    handling.act(Act::first_contact, Role::official);
    const std::pair<void (*)(ActRequest&), std::string_view> results[] = {
        {[](ActRequest& r) { r.outcome.reset(); }, "has_outcome"},
        {[](ActRequest& r) { r.result_text = "好了"; }, "has_answer"},
        {[](ActRequest& r) { r.told_at.reset(); }, "told_in_time"},
        {[](ActRequest& r) { *r.told_at += 1ms; }, "told_in_time"},
        {[](ActRequest& r) { *r.told_at = monday_nine - 1ms; }, "told_in_time"},
    };
    for (const auto& [spoil, guard] : results) {
        auto r = handling.request(Act::submit_result, Role::official);
        spoil(r);
        CHECK(handling.tried(r) == "guard_failed " + std::string(guard));
    }
}

TEST_CASE("A5 a complaint goes neither to the unit complained of nor with its help") {
    Stage s(AppealType::complaint);
    s.ticket.complained_unit = s.city.unit("610526.gov_office");
    CHECK(s.act(Act::dispatch, Role::dispatcher) == "guard_failed unit_can_take");  // below it
    auto r = s.request(Act::dispatch, Role::dispatcher);
    r.unit = s.city.unit("city.housing");
    r.official = {};
    r.co_units = {s.city.unit("610526.market")};
    CHECK(s.tried(r) == "guard_failed unit_can_take");
    r.co_units.clear();
    REQUIRE(s.tried(r) == "");
    s.act(Act::sign_for, Role::unit_clerk);
    auto help = s.request(Act::add_co_unit, Role::unit_clerk);
    help.unit = s.city.unit("610526.market");
    CHECK(s.tried(help) == "guard_failed co_unit_fits");
}

TEST_CASE("A4 who helps, follows or belongs elsewhere looks on") {
    Stage s;
    s.act(Act::dispatch, Role::dispatcher);
    auto r = s.request(Act::sign_for, Role::official);
    r.actor.official = s.city.stranger;
    CHECK(s.tried(r) == "forbidden sign_for");
    CHECK(allowed_acts(s.ticket, r.actor, s.surroundings()) == std::vector{Act::note, Act::attach});
    auto clerk = s.request(Act::sign_for, Role::unit_clerk);
    clerk.actor.unit = s.city.unit("city.housing");
    CHECK(s.tried(clerk) == "forbidden sign_for");
    clerk.actor.unit = s.city.unit("610526.gov_office");  // above the lead unit
    CHECK(s.tried(clerk) == "");
}

TEST_CASE("two sign for at once: the second finds nothing to sign") {
    Stage s;
    s.act(Act::dispatch, Role::dispatcher);
    CHECK(s.act(Act::sign_for, Role::official) == "");
    CHECK(s.act(Act::sign_for, Role::unit_clerk) == "not_allowed_in_state state:handling");
}

TEST_CASE("no role has an act the table does not give it, in any state") {
    for (int state = 1; state <= 14; ++state) {
        for (const auto& [act, word] : names_of(Act{})) {
            for (const auto& [role, role_word] : names_of(Role{})) {
                Stage s;
                s.ticket.state = static_cast<State>(state);
                const auto decision = s.decided(s.request(act, role));
                const bool listed = std::ranges::any_of(transitions(), [&](const auto& row) {
                    return row.act == act && row.from.has(s.ticket.state) && row.roles.has(role);
                });
                if (decision) CHECK(listed);
                if (!listed) {
                    REQUIRE(!decision);
                    const bool told = decision.error().code == ErrorCode::forbidden ||
                                      decision.error().code == ErrorCode::not_allowed_in_state;
                    CHECK(told);
                }
            }
        }
    }
}

TEST_CASE("what is offered is never refused for role, state or the ticket's past") {
    walk::World world;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        walk::Walk life(world, seed);
        while (const auto step = life.step()) {
            if (is_final(step->after.state) || life.events().size() > 40) break;
            const Surroundings around = world.at(step->event.at);
            for (const auto role :
                 {Role::dispatcher,
                  Role::supervisor,
                  Role::reviewer,
                  Role::official,
                  Role::unit_clerk,
                  Role::unit_leader}) {
                Actor who{.role = role, .name = "某"};
                who.unit = step->after.lead_unit;
                who.official = step->after.official;
                for (const Act act : allowed_acts(step->after, who, around)) {
                    ActRequest empty;
                    empty.act = act;
                    empty.actor = who;
                    empty.extension_days = 1;
                    const auto decision = decide(step->after, empty, around);
                    if (!decision) CHECK(decision.error().code == ErrorCode::guard_failed);
                }
            }
        }
    }
}

TEST_CASE("whatever people do in whatever order, no life of a ticket leaves the table") {
    walk::World world;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        walk::Walk life(world, seed);
        std::uint32_t version = life.ticket().version;
        for (int i = 0; i < 60; ++i) {
            const auto step = life.step();
            if (!step) break;
            const Ticket& t = step->after;
            const bool a_row = std::ranges::any_of(transitions(), [&](const Transition& row) {
                return row.act == step->request.act && row.from.has(step->before.state) &&
                       row.roles.has(step->request.actor.role) &&
                       row.to.value_or(step->before.state) == t.state;
            });
            REQUIRE(a_row);
            REQUIRE(t.version == ++version);
            const bool unit_has_it = t.state == State::dispatched || t.state == State::handling ||
                                     t.state == State::return_pending ||
                                     t.state == State::mediating || t.state == State::submitted ||
                                     t.state == State::callback;
            REQUIRE((!unit_has_it || t.lead_unit));
            REQUIRE((t.state == State::return_pending) == t.pending_return.has_value());
            REQUIRE((is_final(t.state) ? next_clock(t) == nullptr : true));
            REQUIRE((is_final(t.state) == t.closed_at.has_value()));
            std::set<sla::ClockKind> open;
            for (const auto& clock : t.clocks) {
                if (!sla::is_open(clock)) continue;
                const bool several = clock.kind == ClockKind::milestone;
                REQUIRE((open.insert(clock.kind).second || several));
            }
            CAPTURE(name(t.state));
            CAPTURE(name(t.type));
            CAPTURE(name(step->request.act));
            CAPTURE(name(step->before.type));
            REQUIRE((is_final(t.state) || t.type == AppealType::praise || !open.empty()));
        }
    }
}
