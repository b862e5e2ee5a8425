#include "tests/bench/invented_life.hpp"

#include <utility>

namespace hotline::bench {

using namespace std::chrono_literals;

sla::TicketFacts InventedLives::life(
    sla::TicketFacts facts, std::uint64_t unit, std::uint64_t official
) {
    if (below(100) < 14) {
        facts.excluded = static_cast<sla::Exclusion>(1 + below(4));
        return facts;
    }
    sla::Assignment work;
    work.unit = unit;
    work.division = facts.division;
    work.official = official;
    work.dispatched_at = facts.accepted_at + 10min;
    work.sign_due = work.dispatched_at + 4h;
    work.signed_at = work.dispatched_at + std::chrono::minutes{below(250)};
    work.contact_due = work.dispatched_at + 24h;
    work.contacted_at = *work.signed_at + std::chrono::minutes{below(1'400)};
    facts.due_at = work.dispatched_at + 7 * 24h;
    facts.submitted_at = work.dispatched_at + std::chrono::hours{20 + below(150)};
    facts.assignments.push_back(std::move(work));
    facts.reviewed_at = *facts.submitted_at + 5h;
    facts.closed_at = *facts.reviewed_at + 24h;
    if (below(100) < 70) {
        facts.survey = sla::SurveyFact{*facts.closed_at, below(100) < 95, sla::SolvedAnswer::yes};
    } else {
        facts.attempts_exhausted = true;
    }
    facts.redo_count = below(25) == 0 ? 1 : 0;
    facts.extended = below(10) == 0;
    return facts;
}

}  // namespace hotline::bench
