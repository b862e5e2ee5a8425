#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/minute_ledger.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stage;
using sla::ClockKind;
using sla::ClockState;

namespace {

// A dispute in a town of the county, handled and spoken about.
Stage dispute() {
    Stage s;
    s.ticket.division = "610526";
    s.ticket.town = "610526102";
    s.handling();
    s.act(Act::first_contact, Role::official);
    return s;
}

Actor mediator(const Stage& s, Role role = Role::unit_clerk) {
    return {.user = {901}, .role = role, .name = "调解员", .unit = mediating_unit(s.ticket)};
}

ActRequest conclusion(const Stage& s, MediationOutcome outcome) {
    auto r = s.request(Act::conclude_mediation, Role::unit_clerk);
    r.actor = mediator(s);
    r.mediation_outcome = outcome;
    r.result_text = "双方各退一步，十日内付清";
    return r;
}

}  // namespace

TEST_CASE("T38 a dispute goes to the town first; what the unit owes stands still meanwhile") {
    Stage s = dispute();
    const Instant due = open_clock(s.ticket, ClockKind::handle)->due_at;
    REQUIRE(s.act(Act::refer_to_mediation, Role::official) == "");
    CHECK(s.rule == "T38");
    CHECK(s.ticket.state == State::mediating);
    CHECK(s.ticket.mediations.back().level == MediationLevel::town);
    CHECK(mediating_unit(s.ticket) == s.city.unit("610526102.town_government"));
    CHECK(open_clock(s.ticket, ClockKind::handle)->state == ClockState::paused);
    CHECK(open_clock(s.ticket, ClockKind::return_window) == nullptr);
    REQUIRE(next_clock(s.ticket));
    CHECK(next_clock(s.ticket)->kind == ClockKind::mediation);
    CHECK(next_clock(s.ticket)->due_at == s.now + 24h * 30);
    CHECK(s.act(Act::submit_result, Role::official) == "not_allowed_in_state state:mediating");
    s.pass(24h * 7);
    REQUIRE(s.tried(conclusion(s, MediationOutcome::failed)) == "");
    CHECK(s.rule == "T39");
    CHECK(s.ticket.state == State::handling);
    CHECK(s.event.reason == "双方各退一步，十日内付清");
    CHECK(open_clock(s.ticket, ClockKind::handle)->due_at == due + 24h * 7);
    CHECK(open_clock(s.ticket, ClockKind::mediation) == nullptr);
}

TEST_CASE("T38 each failure may go one level up, town, county, city, and then there is nobody") {
    Stage s = dispute();
    const std::pair<MediationLevel, std::string_view> steps[] = {
        {MediationLevel::town, "610526102.town_government"},
        {MediationLevel::county, "610526.justice"},
        {MediationLevel::city, "city.justice"},
    };
    for (const auto& [level, unit] : steps) {
        REQUIRE(s.act(Act::refer_to_mediation, Role::official) == "");
        CHECK(s.ticket.mediations.back().level == level);
        CHECK(mediating_unit(s.ticket) == s.city.unit(unit));
        REQUIRE(s.tried(conclusion(s, MediationOutcome::failed)) == "");
    }
    CHECK(s.ticket.charged_units.size() == 3);
    CHECK(s.act(Act::refer_to_mediation, Role::official) == "guard_failed mediator_left");
}

TEST_CASE("T38 a level without a body, or one that takes part itself, is passed over") {
    Stage s = dispute();
    s.ticket.town.clear();
    CHECK(next_mediator(s.ticket, s.city.directory)->level == MediationLevel::county);
    s.ticket.lead_unit = s.city.unit("610526.justice");
    CHECK(next_mediator(s.ticket, s.city.directory)->level == MediationLevel::city);
    s.ticket.complained_unit = s.city.unit("city.justice");
    CHECK(!next_mediator(s.ticket, s.city.directory));
    Stage zone = dispute();
    zone.ticket.town.clear();
    zone.ticket.division = "6105G1";
    CHECK(
        next_mediator(zone.ticket, zone.city.directory)->unit == zone.city.unit("6105G1.zone_admin")
    );
    Directory nowhere = zone.city.directory;
    nowhere.divisions.clear();
    nowhere.units.clear();
    nowhere.index();
    CHECK(!next_mediator(zone.ticket, nowhere));
}

TEST_CASE("T38 only disputes between equals are mediated, and only with both sides' consent") {
    const std::pair<void (*)(Ticket&), std::string_view> rows[] = {
        {[](Ticket& t) { t.type = AppealType::report; }, "may_be_mediated"},
        {[](Ticket& t) { t.complained_unit = {3}; }, "may_be_mediated"},
        {[](Ticket& t) { t.topic = "用电"; }, "may_be_mediated"},
        {[](Ticket& t) { t.topic = "没有这一项"; }, "may_be_mediated"},
        {[](Ticket& t) { t.appellant.anonymous = true; }, "may_be_mediated"},
        {[](Ticket& t) { t.appellant.confidential = true; }, "may_be_mediated"},
        {[](Ticket& t) { t.urgency = Urgency::critical; }, "may_be_mediated"},
        {[](Ticket& t) { t.first_contact_at.reset(); }, "contact_made"},
    };
    for (const auto& [spoil, guard] : rows) {
        Stage s = dispute();
        spoil(s.ticket);
        CHECK(
            s.act(Act::refer_to_mediation, Role::official) == "guard_failed " + std::string(guard)
        );
    }
    Stage s = dispute();
    s.ticket.type = AppealType::complaint;
    auto r = s.request(Act::refer_to_mediation, Role::supervisor);
    r.parties_agree = false;
    CHECK(s.tried(r) == "guard_failed parties_agree");
    r.parties_agree = true;
    r.reason = "";
    CHECK(s.tried(r) == "guard_failed has_reason");
    CHECK(s.act(Act::refer_to_mediation, Role::reviewer) == "forbidden refer_to_mediation");
}

TEST_CASE("T39 who declines is not asked again in that round") {
    Stage s = dispute();
    s.act(Act::refer_to_mediation, Role::official);
    auto off = s.request(Act::conclude_mediation, Role::supervisor);
    off.mediation_outcome = MediationOutcome::declined;
    REQUIRE(s.tried(off) == "");
    CHECK(s.act(Act::refer_to_mediation, Role::official) == "guard_failed mediator_left");
    s.act(Act::submit_result, Role::official);
    REQUIRE(s.act(Act::review_fail, Role::reviewer) == "");
    CHECK(s.act(Act::refer_to_mediation, Role::official) == "");
}

TEST_CASE("T39 what was agreed, and by whom it is kept until when, is the mediators' to say") {
    Stage s = dispute();
    s.act(Act::refer_to_mediation, Role::official);
    auto by_supervisor = conclusion(s, MediationOutcome::agreed);
    by_supervisor.actor = s.actor(Role::supervisor);
    CHECK(s.tried(by_supervisor) == "guard_failed mediation_outcome_fits");
    auto lead = conclusion(s, MediationOutcome::failed);
    lead.actor = s.actor(Role::unit_leader);
    CHECK(s.tried(lead) == "forbidden conclude_mediation");
    const std::pair<void (*)(ActRequest&), std::string_view> rows[] = {
        {[](ActRequest& r) { r.mediation_outcome.reset(); }, "mediation_outcome_fits"},
        {[](ActRequest& r) { r.result_text = "好"; }, "has_answer"},
        {[](ActRequest& r) { r.keeper = ""; }, "agreement_kept_by"},
        {[](ActRequest& r) { r.keep_by.reset(); }, "agreement_kept_by"},
        {[](ActRequest& r) { *r.keep_by = sla::local_day(monday_nine) - std::chrono::days{1}; },
         "agreement_kept_by"},
    };
    for (const auto& [spoil, guard] : rows) {
        auto r = conclusion(s, MediationOutcome::agreed);
        spoil(r);
        CHECK(s.tried(r) == "guard_failed " + std::string(guard));
    }
    REQUIRE(s.tried(conclusion(s, MediationOutcome::agreed)) == "");
    CHECK(
        agreement_text(s.ticket) == "调解协议：双方各退一步，十日内付清（施工方，2026-04-01前履行）"
    );
    auto result = s.request(Act::submit_result, Role::official);
    result.basis = "";
    Stage own = s;
    REQUIRE(s.tried(result) == "");
    CHECK(s.ticket.result_basis == agreement_text(s.ticket));
    result.basis = "另有依据";
    REQUIRE(own.tried(result) == "");
    CHECK(own.ticket.result_basis == "另有依据");
    CHECK(agreement_text(Ticket{}) == "");
}

TEST_CASE("A2 the mediators see the ticket and whom to speak to while they mediate") {
    Stage s = dispute();
    const Actor town{.role = Role::unit_clerk, .unit = s.city.unit("610526102.town_government")};
    const auto scope = scope_of(town, s.city.directory);
    CHECK(!may_see(scope, scope_keys(s.ticket)));
    s.act(Act::refer_to_mediation, Role::official);
    CHECK(may_see(scope, scope_keys(s.ticket)));
    CHECK(views_of(town, s.ticket, scope).person == View::clear);
    CHECK(
        allowed_acts(s.ticket, town, s.surroundings()) ==
        std::vector{Act::conclude_mediation, Act::note, Act::attach}
    );
    s.tried(conclusion(s, MediationOutcome::failed));
    CHECK(may_see(scope, scope_keys(s.ticket)));
    CHECK(views_of(town, s.ticket, scope).person == View::masked);
    CHECK(speaks_for({.role = Role::unit_clerk}, {}, s.city.directory) == false);
}

TEST_CASE("M2 and F10 while it is mediated the time is the mediators' and nothing is due") {
    Stage s = dispute();
    std::vector<Event> log;
    // The stage keeps only the last event: told here from the acts that matter.
    Stage again;
    const auto note = [&](Stage& of, std::string_view done) {
        REQUIRE(done == "");
        of.event.seq = static_cast<std::uint32_t>(log.size() + 1);
        log.push_back(of.event);
    };
    auto opened = open_ticket(again.ticket, again.actor(Role::enterprise), again.surroundings());
    again.ticket = opened.after;
    again.ticket.division = "610526";
    again.event = opened.event;
    note(again, "");
    note(again, again.act(Act::dispatch, Role::dispatcher));
    note(again, again.act(Act::sign_for, Role::official));
    note(again, again.act(Act::first_contact, Role::official));
    REQUIRE(facts_of(log)->due_at);
    note(again, again.act(Act::refer_to_mediation, Role::official));
    CHECK(!facts_of(log)->due_at);
    again.pass(2h);
    note(again, again.tried(conclusion(again, MediationOutcome::failed)));
    CHECK(facts_of(log)->due_at);
    const auto ledger = minute_ledger(log, again.surroundings());
    REQUIRE(ledger);
    const LedgerLine mediated{Party::unit, again.city.unit("610526.justice"), 2h};
    CHECK(std::ranges::find(ledger->lines, mediated) != ledger->lines.end());
}

TEST_CASE("T29 an appeal withdrawn while it is mediated ends the mediation without an outcome") {
    Stage s = dispute();
    s.act(Act::refer_to_mediation, Role::official);
    REQUIRE(s.act(Act::withdraw, Role::agent) == "");
    CHECK(s.ticket.mediations.back().ended_at == s.now);
    CHECK(!s.ticket.mediations.back().outcome);
    CHECK(next_clock(s.ticket) == nullptr);
}
