#include "sla/rollup.hpp"

#include <algorithm>
#include <utility>

namespace hotline::sla {

namespace {

using Contributions = std::vector<Contribution>;

// Adds ones under a fixed unit and division.
class Tally {
public:
    Tally(Contributions& into, std::uint64_t unit, const std::string& division)
        : into_{into}, unit_{unit}, division_{division} {}

    void count(LocalDay day, Metric metric, bool condition = true) {
        if (condition) into_.push_back({{day, metric, unit_, division_}, 1});
    }

private:
    Contributions& into_;
    std::uint64_t unit_;
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

void count_assignment(Contributions& into, const Assignment& assignment) {
    Tally tally{into, assignment.unit, assignment.division};
    const LocalDay day = local_day(assignment.dispatched_at);
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
    }
    if (facts.closed_at) {
        const LocalDay day = local_day(*facts.closed_at);
        tally.count(day, Metric::closed);
        tally.count(day, Metric::closed_after_redo, facts.redo_count > 0);
    }
    if (facts.reviewed_at && facts.contactable) {
        const LocalDay day = local_day(*facts.reviewed_at);
        tally.count(day, Metric::callback_due);
        tally.count(
            day, Metric::callback_done, facts.survey.has_value() || facts.attempts_exhausted
        );
    }
}

void count_survey(Tally& tally, const TicketFacts& facts) {
    const auto& survey = *facts.survey;
    const LocalDay day = local_day(survey.at);
    if (survey.satisfied) {
        tally.count(day, Metric::rated);
        tally.count(day, Metric::satisfied, *survey.satisfied);
        tally.count(day, Metric::rated_adjusted, !facts.unreasonable);
        tally.count(day, Metric::satisfied_adjusted, *survey.satisfied && !facts.unreasonable);
    }
    tally.count(day, Metric::solving_asked, survey.solved != SolvedAnswer::none);
    tally.count(day, Metric::solved, survey.solved == SolvedAnswer::yes);
    tally.count(day, Metric::solved_partly, survey.solved == SolvedAnswer::partly);
}

}  // namespace

std::uint64_t unit_in_charge(const TicketFacts& facts) {
    if (facts.assignments.empty() || facts.assignments.back().return_approved) return 0;
    return facts.assignments.back().unit;
}

Contributions contributions(const TicketFacts& facts) {
    Contributions made;
    Tally centre{made, 0, facts.division};
    const LocalDay accepted = local_day(facts.accepted_at);
    if (facts.excluded != Exclusion::none) {
        centre.count(accepted, metric_of(facts.excluded));
        return made;
    }
    centre.count(accepted, Metric::accepted);
    centre.count(accepted, Metric::closed_on_call, facts.closed_on_call);
    for (const auto& assignment : facts.assignments) count_assignment(made, assignment);
    Tally in_charge{made, unit_in_charge(facts), facts.division};
    if (!facts.assignments.empty()) count_handling(in_charge, facts);
    if (facts.survey) count_survey(in_charge, facts);
    return made;
}

Contributions delta(
    const std::optional<TicketFacts>& before, const std::optional<TicketFacts>& after
) {
    DailyCounters change;
    if (before) {
        auto taken_out = contributions(*before);
        for (auto& contribution : taken_out) contribution.amount = -contribution.amount;
        add_to(change, taken_out);
    }
    if (after) add_to(change, contributions(*after));
    Contributions changes;
    changes.reserve(change.size());
    for (auto& [key, amount] : change) changes.push_back({key, amount});
    return changes;
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
