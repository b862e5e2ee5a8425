#include "sla/rollup.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace hotline::sla {

namespace {

using Contributions = std::vector<Contribution>;

// Who answers for what is counted.
struct Account {
    std::uint64_t unit = 0;
    std::uint64_t official = 0;
};

// Adds ones of one ticket under a fixed account and division.
class Tally {
public:
    Tally(
        Contributions& into, const TicketFacts& facts, Account account, const std::string& division
    )
        : into_{into}, facts_{facts}, account_{account}, division_{division} {}

    void count(LocalDay day, Metric metric, bool condition = true, std::uint8_t hour = no_hour) {
        if (!condition) return;
        into_.push_back(
            {{day,
              metric,
              account_.unit,
              division_,
              account_.official,
              facts_.channel,
              facts_.type,
              facts_.topic,
              hour},
             1}
        );
    }

private:
    Contributions& into_;
    const TicketFacts& facts_;
    Account account_;
    const std::string& division_;
};

Metric metric_of(Exclusion excluded) {
    switch (excluded) {
        case Exclusion::declined:
            return Metric::excluded_declined;
        case Exclusion::withdrawn:
            return Metric::excluded_withdrawn;
        case Exclusion::merged:
            return Metric::excluded_merged;
        case Exclusion::praise:
            return Metric::excluded_praise;
        case Exclusion::none:
        case Exclusion::test:
            break;
    }
    return Metric::excluded_test;
}

LocalDay earlier_day(Instant due, const std::optional<Instant>& done) {
    return local_day(done ? std::min(due, *done) : due);
}

// A unit that gave the ticket back with the centre's approval before the limit owes nothing; one
// that let the limit pass first is late (S21).
bool released(const Assignment& assignment, Instant due) {
    return assignment.return_approved && assignment.returned_at && *assignment.returned_at <= due;
}

void count_promptness(
    Tally& tally,
    const Assignment& assignment,
    const std::optional<Instant>& due,
    const std::optional<Instant>& done,
    std::pair<Metric, Metric> metrics
) {
    if (!due || (!done && released(assignment, *due))) return;
    const LocalDay day = earlier_day(*due, done);
    tally.count(day, metrics.first);
    tally.count(day, metrics.second, done && *done <= *due);
}

// S35: a cohort of the day of dispatch, so that it can be asked for before all limits have run out.
void count_cohort(Tally& tally, const Assignment& assignment, LocalDay day) {
    const bool given_back = assignment.return_approved && assignment.returned_at;
    if (assignment.signed_at || !given_back) {
        tally.count(day, Metric::sign_owed);
        tally.count(day, Metric::signed_ever, assignment.signed_at.has_value());
    } else {
        tally.count(day, Metric::left_given_back);
    }
    const auto& due = assignment.contact_due;
    const auto& done = assignment.contacted_at;
    if (due && (done || !released(assignment, *due))) {
        tally.count(day, Metric::response_owed);
        tally.count(day, Metric::responded, done && *done <= *due);
    }
}

void count_assignment(Contributions& into, const TicketFacts& facts, const Assignment& assignment) {
    Tally tally{into, facts, {assignment.unit, assignment.official}, assignment.division};
    const LocalDay day = local_day(assignment.dispatched_at);
    count_cohort(tally, assignment, day);
    tally.count(day, Metric::dispatched);
    tally.count(day, Metric::returned, assignment.returned_at.has_value());
    tally.count(day, Metric::return_refused, assignment.returned_at && assignment.return_refused);
    count_promptness(
        tally,
        assignment,
        assignment.sign_due,
        assignment.signed_at,
        {Metric::sign_due, Metric::signed_on_time}
    );
    count_promptness(
        tally,
        assignment,
        assignment.contact_due,
        assignment.contacted_at,
        {Metric::contact_due, Metric::contacted_on_time}
    );
}

void count_handling(Tally& tally, const TicketFacts& facts) {
    if (facts.due_at) {
        const LocalDay day = earlier_day(*facts.due_at, facts.closed_at);
        tally.count(day, Metric::closing_due);
        tally.count(day, Metric::closing_due_closed, facts.closed_at.has_value());
        tally.count(day, Metric::closing_due_on_time, submitted_on_time(facts));
        tally.count(day, Metric::extended, facts.extended);
        tally.count(day, Metric::supervised, facts.supervised);
    }
    if (facts.closed_at) {
        const LocalDay day = local_day(*facts.closed_at);
        tally.count(day, Metric::closed);
        tally.count(day, Metric::closed_after_redo, facts.redo_count > 0);
        const bool at_once = facts.redo_count == 0 && !facts.sent_back && !facts.reopened;
        tally.count(day, Metric::closed_first_time, at_once);
        tally.count(day, Metric::left_unreached, facts.attempts_exhausted && !facts.survey);
    }
    if (facts.reviewed_at && !facts.contactable) {
        tally.count(local_day(*facts.reviewed_at), Metric::left_no_contact);
    } else if (facts.reviewed_at) {
        const LocalDay day = local_day(*facts.reviewed_at);
        tally.count(day, Metric::callback_due);
        const bool done = facts.survey.has_value() || facts.attempts_exhausted;
        tally.count(day, Metric::callback_done, done);
        const bool answered = facts.survey && facts.survey->satisfied;
        tally.count(day, Metric::callback_answered, done && answered);
    }
}

void count_survey(Tally& tally, const TicketFacts& facts) {
    const auto& survey = *facts.survey;
    const LocalDay day = local_day(survey.at);
    if (survey.satisfied) {
        tally.count(day, Metric::rated);
        tally.count(day, Metric::satisfied, *survey.satisfied);
        tally.count(day, Metric::rated_adjusted, !facts.unreasonable);
        tally.count(day, Metric::left_unreasonable, facts.unreasonable);
        tally.count(day, Metric::satisfied_adjusted, *survey.satisfied && !facts.unreasonable);
    }
    tally.count(day, Metric::solving_asked, survey.solved != SolvedAnswer::none);
    tally.count(day, Metric::solved, survey.solved == SolvedAnswer::yes);
    tally.count(day, Metric::solved_partly, survey.solved == SolvedAnswer::partly);
}

// S45: a cohort of the day of acceptance. Whoever reached a step reached those before it.
void count_progress(Tally& tally, const TicketFacts& facts) {
    const LocalDay day = local_day(facts.accepted_at);
    const auto hour = std::chrono::floor<std::chrono::hours>(time_of_day(facts.accepted_at));
    tally.count(day, Metric::received, true, static_cast<std::uint8_t>(hour.count()));
    const bool dispatched = !facts.assignments.empty();
    if (!dispatched) return;
    const bool closed = facts.closed_at && !facts.closed_on_call;
    const bool asked = facts.survey || facts.attempts_exhausted || !facts.contactable;
    const bool called = closed || (facts.reviewed_at && asked);
    const bool reviewed = called || facts.reviewed_at;
    const bool resolved = reviewed || facts.submitted_at;
    const bool taken = std::ranges::any_of(facts.assignments, [](const Assignment& assignment) {
        return assignment.signed_at.has_value();
    });
    tally.count(day, Metric::received_dispatched);
    tally.count(day, Metric::received_signed, resolved || taken);
    tally.count(day, Metric::received_resolved, resolved);
    tally.count(day, Metric::received_reviewed, reviewed);
    tally.count(day, Metric::received_called, called);
    tally.count(day, Metric::received_closed, closed);
}

// S50: each dissatisfied survey has one answer on "is it solved"; what else is known of it may
// overlap.
void count_dissatisfied(Tally& tally, const TicketFacts& facts) {
    const SurveyFact& survey = *facts.survey;
    if (!survey.satisfied || *survey.satisfied) return;
    const LocalDay day = local_day(survey.at);
    const bool late = facts.submitted_at && facts.due_at && !submitted_on_time(facts);
    tally.count(day, Metric::dissatisfied);
    tally.count(day, Metric::dissatisfied_unsolved, survey.solved == SolvedAnswer::no);
    tally.count(day, Metric::dissatisfied_partly, survey.solved == SolvedAnswer::partly);
    tally.count(day, Metric::dissatisfied_solved, survey.solved == SolvedAnswer::yes);
    tally.count(day, Metric::dissatisfied_untold, survey.solved == SolvedAnswer::none);
    tally.count(day, Metric::dissatisfied_late, late);
    tally.count(day, Metric::dissatisfied_again, facts.redo_count > 0);
}

// What is the centre's own: acceptance, exclusions (S20), repeats (S36) and how well it dispatched.
void count_intake(Tally& centre, const TicketFacts& facts) {
    const LocalDay accepted = local_day(facts.accepted_at);
    const bool merged = facts.excluded == Exclusion::merged;
    if (facts.excluded == Exclusion::none || merged) {
        centre.count(accepted, Metric::appeals_heard);
        centre.count(accepted, Metric::repeated, merged || facts.reopened);
    }
    if (facts.excluded != Exclusion::none) {
        centre.count(accepted, metric_of(facts.excluded));
        return;
    }
    centre.count(accepted, Metric::accepted);
    centre.count(accepted, Metric::closed_on_call, facts.closed_on_call);
    if (facts.assignments.empty()) return;
    const LocalDay dispatched = local_day(facts.assignments.front().dispatched_at);
    centre.count(dispatched, Metric::dispatched_tickets);
    const bool right = std::ranges::none_of(facts.assignments, [](const Assignment& assignment) {
        return assignment.returned_at.has_value();
    });
    centre.count(dispatched, Metric::dispatched_right, right);
}

}  // namespace

std::uint64_t unit_in_charge(const TicketFacts& facts) {
    if (facts.assignments.empty() || facts.assignments.back().return_approved) return 0;
    return facts.assignments.back().unit;
}

std::uint64_t official_in_charge(const TicketFacts& facts) {
    return unit_in_charge(facts) == 0 ? 0 : facts.assignments.back().official;
}

Contributions contributions(const TicketFacts& facts) {
    Contributions made;
    Tally centre{made, facts, {}, facts.division};
    count_intake(centre, facts);
    if (facts.excluded != Exclusion::none) return made;
    for (const auto& assignment : facts.assignments) count_assignment(made, facts, assignment);
    const Account account{unit_in_charge(facts), official_in_charge(facts)};
    Tally in_charge{made, facts, account, facts.division};
    count_progress(in_charge, facts);
    if (!facts.assignments.empty()) count_handling(in_charge, facts);
    if (facts.survey) {
        count_survey(in_charge, facts);
        count_dissatisfied(in_charge, facts);
    }
    return made;
}

Contributions delta(std::span<const Contribution> was, std::span<const Contribution> is) {
    DailyCounters change;
    Contributions taken_out(was.begin(), was.end());
    for (auto& contribution : taken_out) contribution.amount = -contribution.amount;
    add_to(change, taken_out);
    add_to(change, is);
    Contributions changes;
    changes.reserve(change.size());
    for (auto& [key, amount] : change) changes.push_back({key, amount});
    return changes;
}

Contributions delta(
    const std::optional<TicketFacts>& before, const std::optional<TicketFacts>& after
) {
    const auto was = before ? contributions(*before) : Contributions{};
    const auto is = after ? contributions(*after) : Contributions{};
    return delta(std::span(was), std::span(is));
}

void add_to(DailyCounters& counters, std::span<const Contribution> changes) {
    for (const auto& [key, amount] : changes) {
        const auto counter = counters.try_emplace(key, 0).first;
        counter->second += amount;
        if (counter->second == 0) counters.erase(counter);
    }
}

DailyCounters rebuild(std::span<const TicketFacts> tickets) {
    DailyCounters counters;
    for (const auto& facts : tickets) add_to(counters, contributions(facts));
    return counters;
}

bool submitted_on_time(const TicketFacts& facts) {
    return facts.due_at && facts.submitted_at && *facts.submitted_at <= *facts.due_at &&
           !facts.redo_late;
}

bool is_open(const TicketFacts& facts) {
    return facts.excluded == Exclusion::none && !facts.closed_at;
}

bool is_overdue(const TicketFacts& facts, Instant now) {
    return is_open(facts) && facts.due_at && now > *facts.due_at && !facts.submitted_at;
}

}  // namespace hotline::sla
