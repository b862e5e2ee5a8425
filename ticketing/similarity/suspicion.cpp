#include "ticketing/similarity/suspicion.hpp"

namespace hotline::ticketing::similarity {
namespace {

bool reaches(double share, int percent) {
    return share * 100 >= percent;
}

}  // namespace

bool set_aside(State state, bool needs_entry) {
    return needs_entry || state == State::draft || state == State::declined ||
           state == State::merged || state == State::withdrawn;
}

Suspicion suspicion_of(const Comparison& comparison, const SuspicionRules& rules) {
    const bool recent = comparison.days_ago <= rules.recent_days;
    const Likeness likeness = comparison.enough_text ? comparison.likeness : Likeness{};
    if (comparison.same_party) {
        const bool alike = reaches(likeness.jaccard, rules.same_party_percent) ||
                           reaches(likeness.contained, rules.contained_percent);
        const bool asked_again = comparison.same_topic && recent;
        const bool may_matter = !comparison.over || recent;
        return may_matter && (alike || asked_again) ? Suspicion::duplicate : Suspicion::none;
    }
    const bool alike = recent && reaches(likeness.jaccard, rules.other_percent);
    return alike ? Suspicion::similar : Suspicion::none;
}

}  // namespace hotline::ticketing::similarity
