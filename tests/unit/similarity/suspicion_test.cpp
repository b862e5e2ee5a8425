#include "ticketing/similarity/suspicion.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::ticketing::similarity;

namespace {

struct Case {
    std::string what;
    Comparison comparison;
    Suspicion expected;
};

constexpr Likeness told_again{.jaccard = 0.2, .contained = 0.33};
constexpr Likeness begun{.jaccard = 0.1, .contained = 0.8};
constexpr Likeness unlike{.jaccard = 0.08, .contained = 0.2};
constexpr Likeness copied{.jaccard = 0.9, .contained = 0.95};

Comparison of(Likeness likeness, bool same_party, int days_ago = 3) {
    return {
        .likeness = likeness, .enough_text = true, .same_party = same_party, .days_ago = days_ago
    };
}

Comparison with(Comparison comparison, bool Comparison::* flag) {
    comparison.*flag = true;
    return comparison;
}

Comparison short_text(Comparison comparison) {
    comparison.enough_text = false;
    return comparison;
}

const Case cases[] = {
    {"D6: the same party tells it again", of(told_again, true), Suspicion::duplicate},
    {"D6: the same party has begun to tell it", of(begun, true), Suspicion::duplicate},
    {"D6: the same party, another matter", of(unlike, true), Suspicion::none},
    {"D6: the same party, the same topic, within the month",
     with(of(unlike, true), &Comparison::same_topic),
     Suspicion::duplicate},
    {"D6: the same topic long ago is another matter",
     with(of(unlike, true, 31), &Comparison::same_topic),
     Suspicion::none},
    {"D6: an open one counts however old it is", of(told_again, true, 300), Suspicion::duplicate},
    {"D6: what is over counts for a month",
     with(of(told_again, true, 30), &Comparison::over),
     Suspicion::duplicate},
    {"D6: and no longer", with(of(copied, true, 31), &Comparison::over), Suspicion::none},
    {"D7: another party says the same", of(copied, false), Suspicion::similar},
    {"D7: another party says a little of it", of(told_again, false), Suspicion::none},
    {"D7: containing is not enough between parties", of(begun, false), Suspicion::none},
    {"D7: the topic alone is not enough either",
     with(of(unlike, false), &Comparison::same_topic),
     Suspicion::none},
    {"D7: another party's of last month is the past", of(copied, false, 31), Suspicion::none},
    {"D2: a few words are alike to nothing", short_text(of(copied, true)), Suspicion::none},
};

}  // namespace

TEST_CASE("what is suspected of two appeals, rule by rule") {
    for (const auto& [what, comparison, expected] : cases) {
        CAPTURE(what);
        CHECK(suspicion_of(comparison, {}) == expected);
    }
}

TEST_CASE("a city sets its own thresholds") {
    SuspicionRules strict;
    strict.same_party_percent = 50;
    strict.contained_percent = 90;
    strict.other_percent = 95;
    CHECK(suspicion_of(of(told_again, true), strict) == Suspicion::none);
    CHECK(suspicion_of(of(copied, true), strict) == Suspicion::duplicate);
    CHECK(suspicion_of(of(copied, false), strict) == Suspicion::none);
    strict.recent_days = 90;
    CHECK(
        suspicion_of(with(of(copied, true, 80), &Comparison::over), strict) == Suspicion::duplicate
    );
}
