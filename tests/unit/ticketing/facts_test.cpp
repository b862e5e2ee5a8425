#include "ticketing/facts.hpp"

#include "tests/unit/ticketing/walk.hpp"
#include "ticketing/facts_text.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace hotline::ticketing;
using sla::ClockKind;
using sla::TicketFacts;

namespace {

// The newest clock of a kind, for the dispatch that is.
const sla::Clock* clock_of(const Ticket& ticket, ClockKind kind) {
    const sla::Clock* newest = nullptr;
    for (const sla::Clock& clock : ticket.clocks) {
        const bool of_this_dispatch = clock.started_at >= *ticket.dispatched_at;
        if (clock.kind == kind && of_this_dispatch) newest = &clock;
    }
    return newest;
}

std::optional<Instant> due_of(const Ticket& ticket, ClockKind kind) {
    const sla::Clock* clock = clock_of(ticket, kind);
    if (clock == nullptr || clock->state == sla::ClockState::cancelled) return std::nullopt;
    return clock->due_at;
}

// The same rules told from the tickets before and after each act, without the log's text.
struct Watcher {
    TicketFacts facts;
    std::vector<sla::Assignment> ended;
    bool nobody_to_contact = false;
    bool passed_once = false;
    bool first_due_fixed = false;

    void see(const walk::Step& step) {
        const Ticket& after = step.after;
        const Instant at = step.event.at;
        if (after.dispatch_count > step.before.dispatch_count) ended_before(step);
        if (step.request.act == Act::approve_return) {
            facts.assignments.back().return_approved = true;
        }
        if (step.request.act == Act::unmerge && step.before.lead_unit) {
            auto& a = facts.assignments.back();
            a.return_approved = true;
            a.sign_due.reset();
            a.contact_due.reset();
        }
        see_unit(step);
        see_rounds(step, at);
        if (after.survey && after.survey != step.before.survey) {
            facts.survey = sla::SurveyFact{
                after.survey->at,
                after.survey->satisfaction >= Satisfaction::basically_satisfied,
                static_cast<sla::SolvedAnswer>(after.survey->solved)
            };
            facts.unreasonable = after.closed_as == ClosedAs::unreasonable;
        }
        if (after.closed_as == ClosedAs::no_survey) facts.attempts_exhausted = true;
        see_ticket(after);
        facts.extended = after.extension_count > 0 || facts.extended;
        facts.sent_back = after.review_return_count > 0;
        facts.reopened |= step.request.act == Act::reopen;
        facts.supervised |= step.request.act == Act::supervise;
    }

    void see_unit(const walk::Step& step) {
        if (!step.after.dispatched_at || !step.after.lead_unit) return;
        auto& a = facts.assignments.back();
        const Act act = step.request.act;
        a.signed_at = step.after.signed_at;
        if (step.after.official) a.official = step.after.official.value;
        a.contacted_at = step.after.first_contact_at;
        if (act == Act::return_ticket) a.returned_at = step.event.at;
        if (act == Act::refuse_return) a.return_refused = true;
        a.sign_due = due_of(step.after, ClockKind::sign_for);
        a.contact_due = due_of(step.after, ClockKind::first_contact);
        if (act == Act::submit_result && !a.contacted_at) nobody_to_contact = true;
        const bool parked = step.after.suspended_at && !a.contacted_at;
        if (nobody_to_contact || parked || step.after.appellant.phone.empty()) {
            a.contact_due.reset();
        }
    }

    void ended_before(const walk::Step& step) {
        if (step.request.act == Act::designate && step.before.state == State::return_pending) {
            auto& a = facts.assignments.back();
            const bool same = step.before.lead_unit == step.after.lead_unit;
            (same ? a.return_refused : a.return_approved) = true;
            if (same && !a.signed_at) a.signed_at = step.event.at;
            if (same && !a.contacted_at) a.contact_due.reset();
        }
        facts.assignments.push_back({});
        facts.assignments.back().unit = step.after.lead_unit.value;
        facts.assignments.back().division = step.after.division;
        facts.assignments.back().dispatched_at = *step.after.dispatched_at;
    }

    void see_rounds(const walk::Step& step, Instant at) {
        const Ticket& after = step.after;
        const Act act = step.request.act;
        if (after.dispatched_at && (after.round == 1 || !first_due_fixed)) {
            facts.due_at =
                after.lead_unit ? due_of(after, ClockKind::handle) : std::optional<Instant>{};
            if (after.suspended_at || after.state == State::mediating) facts.due_at.reset();
            if (after.round > 1 && facts.due_at) first_due_fixed = true;
        }
        if (act == Act::submit_result) {
            first_due_fixed = true;
            if (!facts.submitted_at) facts.submitted_at = at;
            const auto due = due_of(after, ClockKind::handle);
            if (after.round > 1 && due && at > *due) facts.redo_late = true;
        }
        if (act == Act::red_card && after.round > 1) facts.redo_late = true;
        if (after.review_return_count > step.before.review_return_count && !passed_once) {
            facts.submitted_at.reset();
        }
        if (act == Act::review_pass) {
            passed_once = true;
            facts.reviewed_at = at;
            facts.attempts_exhausted = false;
        }
    }

    // What the ticket itself still says at any time.
    void see_ticket(const Ticket& ticket) {
        facts.accepted_at = ticket.accepted_at;
        facts.division = ticket.division;
        facts.contactable = !ticket.appellant.phone.empty();
        facts.redo_count = ticket.redo_count;
        facts.closed_at = ticket.closed_at;
        facts.closed_on_call = ticket.closed_as == ClosedAs::immediate;
        facts.channel = static_cast<std::uint8_t>(ticket.channel);
        facts.type = static_cast<std::uint8_t>(ticket.type);
        facts.topic = ticket.topic;
        facts.excluded =
            ticket.type == AppealType::praise ? sla::Exclusion::praise : sla::Exclusion::none;
        if (ticket.state == State::declined) facts.excluded = sla::Exclusion::declined;
        if (ticket.state == State::declined && ticket.decline_reason == "test") {
            facts.excluded = sla::Exclusion::test;
        }
        if (ticket.state == State::merged) facts.excluded = sla::Exclusion::merged;
        if (ticket.state == State::withdrawn) facts.excluded = sla::Exclusion::withdrawn;
    }
};

}  // namespace

TEST_CASE("property: facts told from the log equal those told from the tickets themselves") {
    const walk::World world;
    std::set<Act> seen;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        walk::Walk life(world, seed);
        Watcher watcher;
        watcher.see(life.opening());
        UnitId answers;
        for (int acts = 0; acts < 60; ++acts) {
            const auto step = life.step();
            if (!step) break;
            seen.insert(step->request.act);
            watcher.see(*step);
            const auto facts = facts_of(life.events());
            REQUIRE(facts);
            CAPTURE(seed);
            CAPTURE(acts);
            CAPTURE(std::string(name(step->request.act)));
            CAPTURE(to_text(*facts));
            CAPTURE(to_text(watcher.facts));
            REQUIRE(*facts == watcher.facts);
            // F15: who does it anew does not answer for it.
            const bool handed = step->after.dispatch_count > step->before.dispatch_count;
            if (handed || !step->after.lead_unit) answers = step->after.lead_unit;
            REQUIRE(sla::unit_in_charge(*facts) == answers.value);
            REQUIRE(facts_from(to_text(*facts)) == *facts);
        }
    }
    // A walk that went nowhere would prove nothing.
    for (const Act act :
         {Act::dispatch,
          Act::designate,
          Act::sign_for,
          Act::approve_return,
          Act::refuse_return,
          Act::approve_extension,
          Act::submit_result,
          Act::review_fail,
          Act::review_pass,
          Act::callback,
          Act::reopen,
          Act::withdraw,
          Act::red_card,
          Act::sign_overdue,
          Act::regrade,
          Act::close_on_call,
          Act::suspend,
          Act::resume,
          Act::unmerge,
          Act::plan_hard_case,
          Act::meet_milestone,
          Act::refer_to_mediation,
          Act::conclude_mediation}) {
        CAPTURE(std::string(name(act)));
        CHECK(seen.contains(act));
    }
}

TEST_CASE("property: counters kept event by event equal those rebuilt at the end") {
    const walk::World world;
    sla::DailyCounters kept;
    std::vector<TicketFacts> all;
    for (std::uint64_t seed = 500; seed < 560; ++seed) {
        walk::Walk life(world, seed);
        std::optional<TicketFacts> before;
        for (int acts = 0; acts < 40; ++acts) {
            if (acts > 0 && !life.step()) break;
            const auto after = facts_of(life.events());
            REQUIRE(after);
            sla::add_to(kept, sla::delta(before, *after));
            before = *after;
        }
        all.push_back(*before);
    }
    CHECK(kept == sla::rebuild(all));
    CHECK(kept.size() > 100);
}

TEST_CASE("a log that is empty or was altered gives no facts") {
    CHECK_FALSE(facts_of({}));
    const walk::World world;
    walk::Walk life(world, 3);
    REQUIRE(life.step());
    auto events = life.events();
    events[1].changes = R"({"unit":[null,)";
    const auto facts = facts_of(events);
    REQUIRE_FALSE(facts);
    CHECK(facts.error().detail == "2");
}

TEST_CASE("facts in text: any topic comes back as it was") {
    TicketFacts facts;
    for (const std::string topic : {"", "-", "用水 用气", "100%", "%20", "a\tb\nc", " ", "--"}) {
        facts.topic = topic;
        CAPTURE(topic);
        CHECK(facts_from(to_text(facts)) == facts);
    }
}

TEST_CASE("facts in text: what is not ours is refused") {
    TicketFacts facts;
    facts.division = "610502";
    facts.topic = "规划 建设";
    facts.assignments.resize(2);
    facts.survey = sla::SurveyFact{};
    const std::string text = to_text(facts);
    CHECK(facts_from(text) == facts);
    CHECK_FALSE(facts_from(""));
    CHECK_FALSE(facts_from("1" + text.substr(1)));
    CHECK_FALSE(facts_from(text + " 1"));
    for (std::size_t length = 1; length < text.size(); ++length) {
        const auto cut = facts_from(std::string_view{text}.substr(0, length));
        CHECK((!cut || *cut != facts));
    }
}
