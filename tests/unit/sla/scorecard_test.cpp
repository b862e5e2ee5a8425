#include "sla/scorecard.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;

namespace {

const ScoreLine on_time{.rate = RateCode::on_time_rate, .points = 2500};
const ScoreLine satisfied{
    .rate = RateCode::satisfaction_rate,
    .points = 2500,
    .target = 9800,
    .per_point = 50,
    .floor = 1250
};
const ScoreLine signed_in_time{.rate = RateCode::on_time_sign_rate, .points = 2500, .cliff = 8100};

std::string shown(const ScoreLine& line, std::int64_t numerator, std::int64_t denominator) {
    return hundredths_text(score_line(line, numerator, denominator).score);
}

PeriodSums sums(std::int64_t on_time_of_100, std::int64_t cases = 100) {
    PeriodSums made;
    made.counts[Metric::closing_due] = cases;
    made.counts[Metric::closing_due_on_time] = on_time_of_100 * cases / 100;
    return made;
}

}  // namespace

TEST_CASE("S41: the published scores of Lianyungang follow from the card") {
    CHECK(shown(on_time, 8982, 10'000) == "14.82");  // 89.82 %
    CHECK(score_line(on_time, 8982, 10'000).derivation == "25 − 1 × 10.18 = 14.82");
    CHECK(shown(on_time, 2, 3) == "0");  // 66.67 %
    CHECK(score_line(on_time, 2, 3).derivation == "25 − 1 × 33.33 = -8.33 → 0");
    CHECK(shown(satisfied, 7, 8) == "19.75");  // 87.5 %
    CHECK(shown(satisfied, 5, 6) == "17.67");  // 83.33 %
    CHECK(shown(satisfied, 3, 4) == "13.5");   // 75 %
    CHECK(shown(satisfied, 1, 2) == "12.5");   // 50 %: the floor
    CHECK(score_line(satisfied, 1, 2).derivation == "25 − 0.5 × 48 = 1 → 12.5");
    CHECK(shown(signed_in_time, 17, 22) == "0");  // 77.27 %
    CHECK(shown(signed_in_time, 4, 5) == "0");    // 80 %
    CHECK(score_line(signed_in_time, 4, 5).derivation == "80 < 81 → 0");
    CHECK(shown(signed_in_time, 81, 100) == "6");
}

TEST_CASE("S41: with the target of before March 2022 the same rates gave half a point more each") {
    ScoreLine before = satisfied;
    before.target = 9500;
    CHECK(shown(before, 7, 8) == "21.25");
    CHECK(shown(before, 96, 100) == "25");  // beyond the target nothing is added
}

TEST_CASE("S41: where low is good points go for what is above the target") {
    const ScoreLine returns{
        .rate = RateCode::return_rate,
        .points = 1000,
        .target = 500,
        .cliff = 2000,
        .low_is_good = true
    };
    CHECK(shown(returns, 5, 100) == "10");
    CHECK(shown(returns, 8, 100) == "7");
    CHECK(shown(returns, 21, 100) == "0");
    CHECK(score_line(returns, 21, 100).derivation == "21 > 20 → 0");
}

TEST_CASE("S41: no cases is no percentage and no points") {
    const auto made = score_line(on_time, 0, 0);
    CHECK_FALSE(made.percent);
    CHECK(made.score == 0);
    CHECK(made.derivation.empty());
}

TEST_CASE("S28, S41: too few cases are listed and not ranked; the lists never overlap") {
    const Scorecard card{.smallest = 10, .listed = 2, .lines = {on_time}};
    std::vector<UnitScore> units;
    units.push_back(score_unit(card, "small", sums(100, 9)));
    units.push_back(score_unit(card, "none", {}));
    for (const int percent : {90, 97, 97, 80, 99}) {
        units.push_back(score_unit(card, "u" + std::to_string(units.size()), sums(percent)));
    }
    rank_units(card, units);
    REQUIRE(units.size() == 7);
    CHECK(units[0].unit == "u6");
    CHECK(units[0].rank == 1);
    CHECK(units[1].rank == 2);
    CHECK(units[2].rank == 2);  // equals share it
    CHECK(units[3].rank == 4);
    CHECK(units[4].rank == 5);
    CHECK(units[0].list == ScoreList::red);
    CHECK(units[1].list == ScoreList::red);
    CHECK(units[2].list == ScoreList::none);
    CHECK(units[3].list == ScoreList::black);
    CHECK(units[4].list == ScoreList::black);
    CHECK_FALSE(units[5].rank);
    CHECK_FALSE(units[6].rank);
    CHECK(units[5].list == ScoreList::none);
    std::vector<UnitScore> one{score_unit(card, "only", sums(50))};
    rank_units(card, one);
    CHECK(one[0].rank == 1);
    CHECK(one[0].list == ScoreList::none);
}

TEST_CASE("a scorecard comes back from its text as it was") {
    CHECK(parse_scorecard(to_text(default_scorecard())) == default_scorecard());
    const auto read = parse_scorecard(
        "# ours\nscorecard 3\nsmallest 5\n\nline return_rate points 12.5 target 5 cliff 20 low # "
        "x\n"
    );
    REQUIRE(read);
    CHECK(read->version == 3);
    CHECK(read->smallest == 5);
    REQUIRE(read->lines.size() == 1);
    CHECK(read->lines[0].points == 1250);
    CHECK(read->lines[0].cliff == 2000);
    CHECK(read->lines[0].low_is_good);
    CHECK(parse_scorecard(to_text(*read)) == *read);
}

TEST_CASE("a scorecard that makes no sense is refused with its line") {
    struct Case {
        std::string_view text;
        int line;
    };
    for (const auto& [text, line] : {
             Case{"scorecard 1\n", 1},
             Case{"scorecard x\n", 1},
             Case{"smallest 10\nline\n", 2},
             Case{"line nothing points 1\n", 1},
             Case{"line overdue_rate points 1\n", 1},
             Case{"line on_time_rate\n", 1},
             Case{"line on_time_rate points\n", 1},
             Case{"line on_time_rate points 1.234\n", 1},
             Case{"line on_time_rate points -1\n", 1},
             Case{"line on_time_rate points 5 floor 6\n", 1},
             Case{"line on_time_rate points 5 wings 6\n", 1},
             Case{"colour red\n", 1},
         }) {
        CAPTURE(text);
        const auto read = parse_scorecard(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().line == line);
        CHECK_FALSE(read.error().why.empty());
    }
}
