#pragma once

#include "sla/local_time.hpp"
#include "sla/metric.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::sla {

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
    std::uint64_t official = 0;          // who had it last inside the unit; 0: nobody by name

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
    // What figures may be told apart by besides unit and division; numbers and words of whoever
    // writes the history. 0 and "": not known.
    std::uint8_t channel = 0;
    std::uint8_t type = 0;
    std::string topic;
    bool extended = false;    // its limit was made longer at least once
    bool sent_back = false;   // by the review
    bool reopened = false;    // after it had been closed
    bool supervised = false;  // 督办

    bool operator==(const TicketFacts&) const = default;
};

// A counter that tells no hour.
inline constexpr std::uint8_t no_hour = 24;

// One figure at its finest: what is published are sums over some of the fields (rollup_cut.hpp).
struct CounterKey {
    LocalDay day;
    Metric metric = Metric::accepted;
    std::uint64_t unit = 0;  // 0: the centre
    std::string division;
    std::uint64_t official = 0;  // 0: nobody by name
    std::uint8_t channel = 0;
    std::uint8_t type = 0;
    std::string topic;
    std::uint8_t hour = no_hour;  // of day in China; only of `received` (S44)

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
// The official of that unit who has it, or had it last.
std::uint64_t official_in_charge(const TicketFacts& facts);

// What one ticket adds to the daily counters.
std::vector<Contribution> contributions(const TicketFacts& facts);

// What must be added to the counters when a ticket that added `was` now adds `is`; in order of key,
// without zeros.
std::vector<Contribution> delta(
    std::span<const Contribution> was, std::span<const Contribution> is
);

// The same when the facts of a ticket change. Nothing as the old facts stands for a new ticket,
// nothing as the new ones takes it out.
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
