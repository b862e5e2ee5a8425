#pragma once

#include "sla/kpi.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::sla {

// How units are scored (S41): so many points a rate, less for every percentage point short of the
// target. All amounts are hundredths: 1482 is 14.82 points or percent.
struct ScoreLine {
    RateCode rate = RateCode::on_time_rate;
    int points = 0;            // the most
    int target = 10'000;       // percent at which nothing is taken off
    int per_point = 100;       // points taken off per percentage point
    int floor = 0;             // never fewer than this …
    std::optional<int> cliff;  // … but none at all beyond this percentage
    bool low_is_good = false;

    bool operator==(const ScoreLine&) const = default;
};

struct Scorecard {
    int version = 1;
    int smallest = 10;  // fewer cases of any rate: listed, not ranked (S28)
    int listed = 5;     // so many on the red list and on the black list
    std::vector<ScoreLine> lines;

    bool operator==(const Scorecard&) const = default;
};

// As published bulletins of Lianyungang let it be reconstructed, with lists as Yulin publishes.
Scorecard default_scorecard();

// One item a line; `#` begins a comment:
//     scorecard 1
//     smallest 10
//     listed 5
//     line on_time_rate points 25 target 100 per_point 1 floor 0
//     line on_time_sign_rate points 25 target 100 per_point 1 cliff 81
//     line return_rate points 10 target 5 per_point 1 low
std::string to_text(const Scorecard& card);
// The line that is wrong, from one, and why.
struct ScorecardFault {
    int line = 0;
    std::string why;
};
std::expected<Scorecard, ScorecardFault> parse_scorecard(std::string_view text);

// What a unit got for one rate.
struct LineScore {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::optional<int> percent;  // hundredths, half up; nothing without cases
    int score = 0;
    std::string derivation;  // "25 − 1 × 10.18 = 14.82"
};
LineScore score_line(const ScoreLine& line, std::int64_t numerator, std::int64_t denominator);

enum class ScoreList { none, red, black };

struct UnitScore {
    std::string unit;
    std::vector<LineScore> lines;  // as the card's
    int total = 0;
    std::optional<int> rank;  // from one, equals share it; nothing with too few cases
    ScoreList list = ScoreList::none;
};
UnitScore score_unit(const Scorecard& card, std::string unit, const PeriodSums& sums);

// Best first, then those that are not ranked; ranks and lists set. A unit is never on both lists.
void rank_units(const Scorecard& card, std::vector<UnitScore>& units);

// 1482 as "14.82", 2500 as "25".
std::string hundredths_text(int value);

}  // namespace hotline::sla
