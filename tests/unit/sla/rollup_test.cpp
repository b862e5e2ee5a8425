#include "sla/rollup.hpp"

#include "sla/kpi.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

constexpr std::uint64_t unit = 17;
const std::string linwei = "610502";

// Dispatched on 2 November to be signed by noon, contacted by 13:00, handled by the 9th at 18:00.
TicketFacts dispatched_ticket() {
    TicketFacts facts;
    facts.accepted_at = at(2026, 11, 2, 9);
    facts.division = linwei;
    Assignment assignment;
    assignment.unit = unit;
    assignment.division = linwei;
    assignment.dispatched_at = at(2026, 11, 2, 10);
    assignment.sign_due = at(2026, 11, 2, 12);
    assignment.contact_due = at(2026, 11, 2, 13);
    facts.assignments = {assignment};
    facts.due_at = at(2026, 11, 9, 18);
    return facts;
}

std::int64_t count(const TicketFacts& facts, Metric metric, LocalDay on, std::uint64_t of = unit) {
    const auto counters = rebuild({&facts, 1});
    const auto found = counters.find({on, metric, of, linwei});
    return found == counters.end() ? 0 : found->second;
}

std::int64_t total(const TicketFacts& facts, Metric metric) {
    std::int64_t sum = 0;
    for (const auto& [key, amount] : contributions(facts)) {
        if (key.metric == metric) sum += amount;
    }
    return sum;
}

}  // namespace

TEST_CASE("S20: an excluded ticket counts nowhere but under its reason") {
    const std::pair<Exclusion, Metric> rows[] = {
        {Exclusion::declined, Metric::excluded_declined},
        {Exclusion::withdrawn, Metric::excluded_withdrawn},
        {Exclusion::merged, Metric::excluded_merged},
        {Exclusion::praise, Metric::excluded_praise},
        {Exclusion::test, Metric::excluded_test},
    };
    for (const auto& [excluded, metric] : rows) {
        auto facts = dispatched_ticket();
        facts.closed_at = at(2026, 11, 5, 10);
        facts.excluded = excluded;
        CHECK(count(facts, metric, day(2026, 11, 2), 0) == 1);
        // S36: the one rate that counts merged tickets is that of repeats.
        const bool merged = excluded == Exclusion::merged;
        CHECK(total(facts, Metric::appeals_heard) == (merged ? 1 : 0));
        CHECK(total(facts, Metric::repeated) == (merged ? 1 : 0));
        CHECK(contributions(facts).size() == (merged ? 3 : 1));
        CHECK_FALSE(is_open(facts));
    }
}

TEST_CASE("S21: a ticket closed on the call is accepted and answered, never due to be closed") {
    TicketFacts facts;
    facts.accepted_at = at(2026, 11, 2, 9);
    facts.division = linwei;
    facts.closed_on_call = true;
    facts.closed_at = at(2026, 11, 2, 9, 5);
    facts.survey = SurveyFact{at(2026, 11, 2, 9, 5), true, SolvedAnswer::yes};
    CHECK(count(facts, Metric::accepted, day(2026, 11, 2), 0) == 1);
    CHECK(count(facts, Metric::closed_on_call, day(2026, 11, 2), 0) == 1);
    CHECK(count(facts, Metric::satisfied, day(2026, 11, 2), 0) == 1);
    CHECK(total(facts, Metric::closing_due) == 0);
    CHECK(total(facts, Metric::closed) == 0);
}

TEST_CASE("S22: days are China's: an acceptance at 00:30 counts on that day") {
    TicketFacts facts;
    facts.division = linwei;
    facts.accepted_at = at(2026, 11, 2, 0, 30);
    CHECK(count(facts, Metric::accepted, day(2026, 11, 2), 0) == 1);
    facts.accepted_at = at(2026, 11, 2) - milliseconds{1};
    CHECK(count(facts, Metric::accepted, day(2026, 11, 1), 0) == 1);
}

TEST_CASE("S21: signing counts by the earlier of deed and limit, and is on time up to the limit") {
    auto facts = dispatched_ticket();
    auto& assignment = facts.assignments.front();
    CHECK(count(facts, Metric::sign_due, day(2026, 11, 2)) == 1);
    CHECK(count(facts, Metric::signed_on_time, day(2026, 11, 2)) == 0);
    assignment.signed_at = *assignment.sign_due;
    CHECK(count(facts, Metric::signed_on_time, day(2026, 11, 2)) == 1);
    assignment.signed_at = *assignment.sign_due + milliseconds{1};
    CHECK(count(facts, Metric::sign_due, day(2026, 11, 2)) == 1);
    CHECK(count(facts, Metric::signed_on_time, day(2026, 11, 2)) == 0);
    assignment.sign_due = at(2026, 11, 3, 18);
    assignment.signed_at = at(2026, 11, 2, 11);
    CHECK(count(facts, Metric::sign_due, day(2026, 11, 2)) == 1);
    CHECK(count(facts, Metric::sign_due, day(2026, 11, 3)) == 0);
    assignment.sign_due.reset();
    CHECK(total(facts, Metric::sign_due) == 0);
}

TEST_CASE("S21: a first contact counts like a signing") {
    auto facts = dispatched_ticket();
    facts.assignments.front().contacted_at = at(2026, 11, 2, 12, 59);
    CHECK(count(facts, Metric::contact_due, day(2026, 11, 2)) == 1);
    CHECK(count(facts, Metric::contacted_on_time, day(2026, 11, 2)) == 1);
    facts.assignments.front().contacted_at = at(2026, 11, 4);
    CHECK(count(facts, Metric::contact_due, day(2026, 11, 2)) == 1);
    CHECK(count(facts, Metric::contacted_on_time, day(2026, 11, 2)) == 0);
}

TEST_CASE("S23: an approved return frees the first unit, a late or refused one does not") {
    auto facts = dispatched_ticket();
    auto& first = facts.assignments.front();
    first.returned_at = at(2026, 11, 2, 11);
    first.return_approved = true;
    CHECK(count(facts, Metric::returned, day(2026, 11, 2)) == 1);
    CHECK(total(facts, Metric::return_refused) == 0);
    CHECK(total(facts, Metric::sign_due) == 0);
    CHECK(total(facts, Metric::contact_due) == 0);
    CHECK(unit_in_charge(facts) == 0);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9), 0) == 1);

    first.returned_at = at(2026, 11, 2, 12, 30);  // after the limit to sign, before the contact
    CHECK(total(facts, Metric::sign_due) == 1);
    CHECK(total(facts, Metric::contact_due) == 0);

    first.returned_at = at(2026, 11, 2, 11);
    first.return_approved = false;
    first.return_refused = true;
    CHECK(total(facts, Metric::sign_due) == 1);
    CHECK(total(facts, Metric::return_refused) == 1);
    CHECK(unit_in_charge(facts) == unit);
}

TEST_CASE("S23: after a return each unit answers for its own dispatch, the last one for the rest") {
    auto facts = dispatched_ticket();
    facts.assignments.front().returned_at = at(2026, 11, 2, 11);
    facts.assignments.front().return_approved = true;
    Assignment second;
    second.unit = 18;
    second.division = linwei;
    second.dispatched_at = at(2026, 11, 3, 9);
    second.sign_due = at(2026, 11, 3, 14);
    second.signed_at = at(2026, 11, 3, 10);
    facts.assignments.push_back(second);
    CHECK(count(facts, Metric::dispatched, day(2026, 11, 2), unit) == 1);
    CHECK(count(facts, Metric::dispatched, day(2026, 11, 3), 18) == 1);
    CHECK(count(facts, Metric::signed_on_time, day(2026, 11, 3), 18) == 1);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9), 18) == 1);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9), unit) == 0);
}

TEST_CASE("S22: what is due counts by its due date, or by its closing when that is earlier") {
    auto facts = dispatched_ticket();
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9)) == 1);
    CHECK(total(facts, Metric::closing_due_closed) == 0);
    facts.submitted_at = at(2026, 11, 4, 10);
    facts.closed_at = at(2026, 11, 5, 10);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 5)) == 1);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9)) == 0);
    CHECK(count(facts, Metric::closing_due_closed, day(2026, 11, 5)) == 1);
    CHECK(count(facts, Metric::closing_due_on_time, day(2026, 11, 5)) == 1);
    facts.submitted_at = at(2026, 11, 9, 18) + milliseconds{1};
    facts.closed_at = at(2026, 11, 12, 10);
    CHECK(count(facts, Metric::closing_due, day(2026, 11, 9)) == 1);
    CHECK(count(facts, Metric::closing_due_closed, day(2026, 11, 9)) == 1);
    CHECK(total(facts, Metric::closing_due_on_time) == 0);
    CHECK(count(facts, Metric::closed, day(2026, 11, 12)) == 1);
}

TEST_CASE("S22: the submission decides, and a late redo spoils it") {
    auto facts = dispatched_ticket();
    CHECK_FALSE(submitted_on_time(facts));
    facts.submitted_at = facts.due_at;
    CHECK(submitted_on_time(facts));
    facts.redo_late = true;
    CHECK_FALSE(submitted_on_time(facts));
    facts.redo_late = false;
    facts.due_at.reset();
    CHECK_FALSE(submitted_on_time(facts));
    CHECK(total(facts, Metric::closing_due) == 0);
}

TEST_CASE("S24: redo and callback count by the days of closing and of review") {
    auto facts = dispatched_ticket();
    facts.reviewed_at = at(2026, 11, 6, 9);
    CHECK(count(facts, Metric::callback_due, day(2026, 11, 6)) == 1);
    CHECK(total(facts, Metric::callback_done) == 0);
    facts.attempts_exhausted = true;
    CHECK(count(facts, Metric::callback_done, day(2026, 11, 6)) == 1);
    CHECK(total(facts, Metric::rated) == 0);
    facts.attempts_exhausted = false;
    facts.survey = SurveyFact{at(2026, 11, 7, 9), std::nullopt, SolvedAnswer::none};
    CHECK(count(facts, Metric::callback_done, day(2026, 11, 6)) == 1);
    facts.contactable = false;
    CHECK(total(facts, Metric::callback_due) == 0);
    facts.closed_at = at(2026, 11, 8, 9);
    CHECK(total(facts, Metric::closed_after_redo) == 0);
    facts.redo_count = 2;
    CHECK(count(facts, Metric::closed_after_redo, day(2026, 11, 8)) == 1);
}

TEST_CASE("S24: a survey counts by its own day, satisfaction and solving apart") {
    auto facts = dispatched_ticket();
    facts.survey = SurveyFact{at(2026, 11, 7, 9), false, SolvedAnswer::partly};
    CHECK(count(facts, Metric::rated, day(2026, 11, 7)) == 1);
    CHECK(total(facts, Metric::satisfied) == 0);
    CHECK(total(facts, Metric::rated_adjusted) == 1);
    CHECK(total(facts, Metric::solving_asked) == 1);
    CHECK(total(facts, Metric::solved) == 0);
    CHECK(total(facts, Metric::solved_partly) == 1);
    facts.unreasonable = true;
    CHECK(total(facts, Metric::rated) == 1);
    CHECK(total(facts, Metric::rated_adjusted) == 0);
    facts.survey = SurveyFact{at(2026, 11, 7, 9), true, SolvedAnswer::no};
    CHECK(total(facts, Metric::satisfied) == 1);
    CHECK(total(facts, Metric::satisfied_adjusted) == 0);
    facts.unreasonable = false;
    CHECK(total(facts, Metric::satisfied_adjusted) == 1);
    facts.survey = SurveyFact{at(2026, 11, 7, 9), std::nullopt, SolvedAnswer::yes};
    CHECK(total(facts, Metric::rated) == 0);
    CHECK(total(facts, Metric::solved) == 1);
}

TEST_CASE("S25: overdue is open, past due and without a submission") {
    auto facts = dispatched_ticket();
    CHECK_FALSE(is_overdue(facts, *facts.due_at));
    CHECK(is_overdue(facts, *facts.due_at + milliseconds{1}));
    facts.submitted_at = at(2026, 11, 10);
    CHECK_FALSE(is_overdue(facts, at(2026, 11, 20)));
    facts.submitted_at.reset();
    facts.closed_at = at(2026, 11, 12);
    CHECK_FALSE(is_overdue(facts, at(2026, 11, 20)));
    facts.closed_at.reset();
    facts.due_at.reset();
    CHECK_FALSE(is_overdue(facts, at(2026, 11, 20)));
}

TEST_CASE("S26: reopening takes the closing back out of the day it was counted on") {
    auto closed = dispatched_ticket();
    closed.submitted_at = at(2026, 11, 4);
    closed.closed_at = at(2026, 11, 5);
    auto reopened = closed;
    reopened.closed_at.reset();
    const auto changes = delta(closed, reopened);
    const auto change = [&](Metric metric, LocalDay on) {
        for (const auto& [key, amount] : changes) {
            if (key.metric == metric && key.day == on) return amount;
        }
        return std::int64_t{0};
    };
    CHECK(change(Metric::closed, day(2026, 11, 5)) == -1);
    CHECK(change(Metric::closing_due, day(2026, 11, 5)) == -1);
    CHECK(change(Metric::closing_due, day(2026, 11, 9)) == 1);
    CHECK(change(Metric::accepted, day(2026, 11, 2)) == 0);
    CHECK(delta(closed, closed).empty());
    CHECK(delta(std::nullopt, std::nullopt).empty());
}

namespace {

std::optional<Instant> maybe(Dice& dice, Instant from, int chance = 2) {
    if (!dice.one_in(chance)) return std::nullopt;
    return from + minutes{dice.between(0, 20'000)};
}

Assignment random_assignment(Dice& dice, Instant when, const std::string& division) {
    Assignment made;
    made.unit = static_cast<std::uint64_t>(dice.between(1, 5));
    made.division = division;
    made.dispatched_at = when;
    made.sign_due = maybe(dice, when);
    made.contact_due = maybe(dice, when);
    return made;
}

// One more thing happens to the ticket; any order, so that the counters cannot rely on a tidy one.
void something_happens(Dice& dice, TicketFacts& facts) {
    const Instant when = facts.accepted_at + minutes{dice.between(0, 30'000)};
    switch (dice.between(1, 11)) {
        case 1:
            facts.assignments.push_back(random_assignment(dice, when, facts.division));
            break;
        case 2:
            if (!facts.assignments.empty()) facts.assignments.back().signed_at = when;
            break;
        case 3:
            if (!facts.assignments.empty()) facts.assignments.back().contacted_at = when;
            break;
        case 4:
            if (facts.assignments.empty()) break;
            facts.assignments.back().returned_at = when;
            facts.assignments.back().return_approved = dice.one_in(2);
            facts.assignments.back().return_refused = !facts.assignments.back().return_approved;
            break;
        case 5:
            facts.due_at = maybe(dice, facts.accepted_at, 1);
            break;
        case 6:
            facts.submitted_at = when;
            break;
        case 7:
            facts.reviewed_at = when;
            facts.contactable = dice.one_in(2);
            break;
        case 8:
            facts.survey = SurveyFact{when, dice.one_in(2), SolvedAnswer::partly};
            facts.unreasonable = dice.one_in(3);
            break;
        case 9:
            facts.closed_at = maybe(dice, facts.accepted_at);
            break;
        case 10:
            facts.excluded = static_cast<Exclusion>(dice.one_in(3) ? dice.between(1, 5) : 0);
            break;
        default:
            facts.redo_count += 1;
            facts.redo_late = dice.one_in(2);
            facts.division = dice.one_in(2) ? linwei : "6105G1";
    }
}

}  // namespace

TEST_CASE("S26: property: counters kept change by change equal those rebuilt, wherever split") {
    Dice dice;
    for (int history = 0; history < 60; ++history) {
        std::vector<TicketFacts> tickets;
        DailyCounters kept;
        for (int step = 0; step < 200; ++step) {
            if (tickets.empty() || dice.one_in(8)) {
                TicketFacts fresh;
                fresh.accepted_at = at(2026, 1, 1) + minutes{dice.between(0, 200'000)};
                fresh.division = linwei;
                add_to(kept, delta(std::nullopt, fresh));
                tickets.push_back(fresh);
                continue;
            }
            const auto chosen = static_cast<std::size_t>(dice.between(0, std::ssize(tickets) - 1));
            const auto before = tickets[chosen];
            // Several events may be folded before the counters are brought up to date.
            for (auto n = dice.between(1, 4); n > 0; --n) something_happens(dice, tickets[chosen]);
            add_to(kept, delta(before, tickets[chosen]));
        }
        CHECK(kept == rebuild(tickets));
        const auto split = static_cast<std::size_t>(dice.between(0, std::ssize(tickets)));
        auto joined = rebuild(std::span{tickets}.first(split));
        for (const auto& [key, amount] : rebuild(std::span{tickets}.subspan(split))) {
            const Contribution part{key, amount};
            add_to(joined, {&part, 1});
        }
        CHECK(joined == kept);
        for (const auto& facts : tickets) add_to(kept, delta(facts, std::nullopt));
        CHECK(kept.empty());
    }
}

TEST_CASE("S26: property: on no day does a numerator pass its denominator") {
    Dice dice;
    std::vector<TicketFacts> tickets;
    for (int i = 0; i < 2'000; ++i) {
        TicketFacts facts;
        facts.accepted_at = at(2026, 1, 1) + minutes{dice.between(0, 20'000)};
        facts.division = linwei;
        for (auto n = dice.between(0, 20); n > 0; --n) something_happens(dice, facts);
        tickets.push_back(facts);
    }
    const auto counters = rebuild(tickets);
    for (const auto& defined : rate_definitions()) {
        if (!defined.numerator) continue;
        CAPTURE(name(defined.code));
        for (const auto& [key, amount] : counters) {
            CHECK(amount > 0);
            if (key.metric != *defined.numerator) continue;
            auto below = key;
            below.metric = *defined.denominator;
            REQUIRE(counters.contains(below));
            CHECK(amount <= counters.at(below));
        }
    }
}
