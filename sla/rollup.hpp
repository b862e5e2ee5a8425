#pragma once

#include "sla/local_time.hpp"
#include "sla/names.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::sla {

// What the daily counters count. Numbers are persisted: never change or reuse one. Each metric's
// day is fixed in S21 to S25, so that numerator and denominator of a rate fall on the same day and
// no rate can pass 100 %.
enum class Metric : std::uint16_t {
    accepted = 1,              // valid tickets, by the day of acceptance
    closed_on_call = 2,        // of those, answered on the call
    dispatched = 3,            // dispatches to a unit, by the day of dispatch
    sign_due = 4,              // dispatches to be signed, by the earlier of signing and limit
    signed_on_time = 5,        // of those, signed within the limit
    contact_due = 6,           // first contacts to be made, by the earlier of contact and limit
    contacted_on_time = 7,     // of those, made within the limit
    returned = 8,              // of the dispatches, returned by the unit
    return_refused = 9,        // of the returned, judged wrong by the centre
    closing_due = 10,          // 应办结, by the earlier of due date and closing
    closing_due_closed = 11,   // of those, closed
    closing_due_on_time = 12,  // of those, result submitted in time
    closed = 13,               // closed after handling by a unit, by the day of closing
    closed_after_redo = 14,    // of those, redone at least once for dissatisfaction
    callback_due = 15,         // passed review and can be called, by the day of the review
    callback_done = 16,        // of those, surveyed or tried as often as the rule asks
    rated = 17,                // surveys with an answer on satisfaction, by the day of the survey
    satisfied = 18,
    rated_adjusted = 19,  // the same without those found unreasonable
    satisfied_adjusted = 20,
    solving_asked = 21,  // surveys with an answer on "is it solved", by the day of the survey
    solved = 22,
    solved_partly = 23,
    excluded_declined = 24,  // out of all of the above, by the day of acceptance
    excluded_withdrawn = 25,
    excluded_merged = 26,
    excluded_praise = 27,
    excluded_test = 28,
};

constexpr auto names_of(Metric) {
    return NameTable<Metric, 28>{{
        {Metric::accepted, "accepted"},
        {Metric::closed_on_call, "closed_on_call"},
        {Metric::dispatched, "dispatched"},
        {Metric::sign_due, "sign_due"},
        {Metric::signed_on_time, "signed_on_time"},
        {Metric::contact_due, "contact_due"},
        {Metric::contacted_on_time, "contacted_on_time"},
        {Metric::returned, "returned"},
        {Metric::return_refused, "return_refused"},
        {Metric::closing_due, "closing_due"},
        {Metric::closing_due_closed, "closing_due_closed"},
        {Metric::closing_due_on_time, "closing_due_on_time"},
        {Metric::closed, "closed"},
        {Metric::closed_after_redo, "closed_after_redo"},
        {Metric::callback_due, "callback_due"},
        {Metric::callback_done, "callback_done"},
        {Metric::rated, "rated"},
        {Metric::satisfied, "satisfied"},
        {Metric::rated_adjusted, "rated_adjusted"},
        {Metric::satisfied_adjusted, "satisfied_adjusted"},
        {Metric::solving_asked, "solving_asked"},
        {Metric::solved, "solved"},
        {Metric::solved_partly, "solved_partly"},
        {Metric::excluded_declined, "excluded_declined"},
        {Metric::excluded_withdrawn, "excluded_withdrawn"},
        {Metric::excluded_merged, "excluded_merged"},
        {Metric::excluded_praise, "excluded_praise"},
        {Metric::excluded_test, "excluded_test"},
    }};
}

constexpr std::string_view name(Metric value) {
    return word_of(value);
}

// Why a ticket is out of the rates (S20). Numbers are persisted with the facts.
enum class Exclusion : std::uint8_t {
    none = 0,
    declined = 1,
    withdrawn = 2,
    merged = 3,
    praise = 4,
    test = 5,
};

enum class SolvedAnswer : std::uint8_t { none = 0, yes = 1, partly = 2, no = 3 };

// One dispatch to one unit and what came of it.
struct Assignment {
    std::uint64_t unit = 0;
    std::string division;  // of the matter, when it was dispatched
    Instant dispatched_at;
    std::optional<Instant> sign_due;
    std::optional<Instant> signed_at;
    std::optional<Instant> contact_due;
    std::optional<Instant> contacted_at;
    std::optional<Instant> returned_at;  // the unit asked to return it
    bool return_approved = false;        // another unit follows; nothing more is owed by this one
    bool return_refused = false;         // the centre found the return wrong

    bool operator==(const Assignment&) const = default;
};

// The survey that stands: the last one.
struct SurveyFact {
    Instant at;
    std::optional<bool> satisfied;  // basically satisfied counts as satisfied; nothing: no answer
    SolvedAnswer solved = SolvedAnswer::none;

    bool operator==(const SurveyFact&) const = default;
};

// What the rates need to know of one ticket, folded from its history. It holds no "now": the same
// history gives the same facts on every day.
struct TicketFacts {
    Instant accepted_at;
    std::string division;  // county or zone of the matter; "" = unknown
    Exclusion excluded = Exclusion::none;
    bool closed_on_call = false;
    std::vector<Assignment> assignments;  // in order
    std::optional<Instant> due_at;        // of the first round, extensions and pauses included
    std::optional<Instant> submitted_at;  // the submission of the first round that stands
    bool redo_late = false;               // a later round ran over its own limit
    std::optional<Instant> reviewed_at;   // the last review passed
    bool contactable = true;
    bool attempts_exhausted = false;  // called as often as the rule asks, without an answer
    std::optional<SurveyFact> survey;
    bool unreasonable = false;  // the centre found the dissatisfaction unreasonable
    int redo_count = 0;         // by dissatisfaction, not by review
    std::optional<Instant> closed_at;

    bool operator==(const TicketFacts&) const = default;
};

struct CounterKey {
    LocalDay day;
    Metric metric = Metric::accepted;
    std::uint64_t unit = 0;  // 0: the centre
    std::string division;

    auto operator<=>(const CounterKey&) const = default;
};

struct Contribution {
    CounterKey key;
    std::int64_t amount = 0;

    bool operator==(const Contribution&) const = default;
};

// The unit that answers for the handling: the last one it was dispatched to; 0, the centre, before
// the first dispatch and after an approved return.
std::uint64_t unit_in_charge(const TicketFacts& facts);

// What one ticket adds to the daily counters.
std::vector<Contribution> contributions(const TicketFacts& facts);

// What must be added to the counters when the facts of a ticket change; in order of key, without
// zeros. Nothing as the old facts stands for a new ticket, nothing as the new ones takes it out.
std::vector<Contribution> delta(
    const std::optional<TicketFacts>& before, const std::optional<TicketFacts>& after
);

// The daily counters as a value. Counters that come to zero are dropped, so that counters kept step
// by step equal those rebuilt from all facts (S26).
using DailyCounters = std::map<CounterKey, std::int64_t>;

void add_to(DailyCounters& counters, std::span<const Contribution> changes);
DailyCounters rebuild(std::span<const TicketFacts> tickets);

// Submitted within the due date and no later round late; nothing while neither submitted nor
// without due date (S22).
bool submitted_on_time(const TicketFacts& facts);
// Counted as work in hand: not closed, not excluded.
bool is_open(const TicketFacts& facts);
// Open, past its due date at `now` and without a submission that stands (S25).
bool is_overdue(const TicketFacts& facts, Instant now);

}  // namespace hotline::sla
