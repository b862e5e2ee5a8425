#include "sla/scorecard.hpp"

#include <algorithm>
#include <tuple>

namespace hotline::sla {
namespace {

constexpr int hundredths = 100;

// Half up; both ≥ 0, the divisor > 0.
std::int64_t divided(std::int64_t value, std::int64_t by) {
    return (2 * value + by) / (2 * by);
}

bool beyond(const ScoreLine& line, int percent, int mark) {
    return line.low_is_good ? percent > mark : percent < mark;
}

int short_of_target(const ScoreLine& line, int percent) {
    return std::max(0, line.low_is_good ? percent - line.target : line.target - percent);
}

bool enough_cases(const Scorecard& card, const UnitScore& unit) {
    return std::ranges::all_of(unit.lines, [&](const LineScore& line) {
        return line.denominator >= card.smallest;
    });
}

}  // namespace

Scorecard default_scorecard() {
    return {
        .version = 1,
        .smallest = 10,
        .listed = 5,
        .lines =
            {
                {.rate = RateCode::on_time_rate, .points = 2500},
                {.rate = RateCode::satisfaction_rate,
                 .points = 2500,
                 .target = 9800,
                 .per_point = 50,
                 .floor = 1250},
                {.rate = RateCode::on_time_sign_rate, .points = 2500, .cliff = 8100},
                {.rate = RateCode::first_contact_rate, .points = 2500},
            },
    };
}

std::string hundredths_text(int value) {
    std::string text = value < 0 ? "-" : "";
    const int size = value < 0 ? -value : value;
    text += std::to_string(size / hundredths);
    const int rest = size % hundredths;
    if (rest == 0) return text;
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
    return text;
}

LineScore score_line(const ScoreLine& line, std::int64_t numerator, std::int64_t denominator) {
    LineScore made{.numerator = numerator, .denominator = denominator};
    if (denominator <= 0) return made;
    made.percent = static_cast<int>(divided(numerator * 10'000, denominator));
    if (line.cliff && beyond(line, *made.percent, *line.cliff)) {
        made.derivation = hundredths_text(*made.percent) + (line.low_is_good ? " > " : " < ") +
                          hundredths_text(*line.cliff) + " → 0";
        return made;
    }
    const int missing = short_of_target(line, *made.percent);
    const std::int64_t exact =
        std::int64_t{line.points} * hundredths - std::int64_t{missing} * line.per_point;
    const int reached = exact <= 0 ? 0 : static_cast<int>(divided(exact, hundredths));
    made.score = std::max(reached, line.floor);
    made.derivation = hundredths_text(line.points) + " − " + hundredths_text(line.per_point) +
                      " × " + hundredths_text(missing) + " = " +
                      hundredths_text(
                          exact < 0 ? static_cast<int>(-divided(-exact, hundredths))
                                    : static_cast<int>(divided(exact, hundredths))
                      );
    const bool lifted = exact < std::int64_t{made.score} * hundredths && made.score != reached;
    if (lifted || exact < 0) made.derivation += " → " + hundredths_text(made.score);
    return made;
}

UnitScore score_unit(const Scorecard& card, std::string unit, const PeriodSums& sums) {
    UnitScore made{.unit = std::move(unit)};
    for (const ScoreLine& line : card.lines) {
        const auto rate = compute(line.rate, sums);
        made.lines.push_back(score_line(line, rate.numerator, rate.denominator));
        made.total += made.lines.back().score;
    }
    return made;
}

void rank_units(const Scorecard& card, std::vector<UnitScore>& units) {
    std::ranges::sort(units, [&](const UnitScore& a, const UnitScore& b) {
        const bool first = enough_cases(card, a);
        const bool second = enough_cases(card, b);
        return std::tuple(second, b.total, a.unit) < std::tuple(first, a.total, b.unit);
    });
    const auto end = std::ranges::find_if(units, [&](const UnitScore& unit) {
        return !enough_cases(card, unit);
    });
    const auto ranked = end - units.begin();
    const auto each = std::min<std::ptrdiff_t>(card.listed, ranked / 2);
    for (std::ptrdiff_t i = 0; i < ranked; ++i) {
        UnitScore& unit = units[static_cast<std::size_t>(i)];
        const bool equal = i > 0 && units[static_cast<std::size_t>(i - 1)].total == unit.total;
        unit.rank = equal ? units[static_cast<std::size_t>(i - 1)].rank : static_cast<int>(i) + 1;
        if (i < each) unit.list = ScoreList::red;
        if (i >= ranked - each) unit.list = ScoreList::black;
    }
}

}  // namespace hotline::sla
