#pragma once

#include "sla/local_time.hpp"
#include "sla/metric.hpp"
#include "sla/names.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace hotline::sla {

// What the board shows besides the rates.
enum class FigureCode : std::uint8_t {
    hours = 1,            // S47: when appeals come
    funnel = 2,           // S45: how far the accepted have got
    ageing = 3,           // S46: how long the open ones have been there
    load = 4,             // S48: what lies on the desks
    topics = 5,           // S51: what they are about, and what changed
    calls = 6,            // S49: how quickly calls are answered
    dissatisfaction = 7,  // S50: why enterprises are not content
};

constexpr auto names_of(FigureCode) {
    return NameTable<FigureCode, 7>{{
        {FigureCode::hours, "hours"},
        {FigureCode::funnel, "funnel"},
        {FigureCode::ageing, "ageing"},
        {FigureCode::load, "load"},
        {FigureCode::topics, "topics"},
        {FigureCode::calls, "calls"},
        {FigureCode::dissatisfaction, "dissatisfaction"},
    }};
}

constexpr std::string_view name(FigureCode value) {
    return word_of(value);
}

// A text for people in both languages.
struct Wording {
    std::string_view zh;
    std::string_view en;

    constexpr std::string_view in(bool english) const { return english ? en : zh; }
};

struct FigureDefinition {
    FigureCode code;
    std::uint16_t version;  // raised whenever what is counted changes
    Wording called;
    Wording numerator;
    Wording denominator;
    Wording definition;
    Wording untold;  // what the data does not tell; empty where there is nothing to say
};
const FigureDefinition& definition(FigureCode code);

// One count of a figure: a step of the funnel, a reason of dissatisfaction.
struct CountDefinition {
    Metric metric;
    Wording called;
    Wording definition;
};
// S45, from the first step to the last.
std::span<const CountDefinition> funnel_steps();
// S50. The first four add up to the dissatisfied; the others tell more of the same.
std::span<const CountDefinition> dissatisfaction_reasons();
inline constexpr std::size_t exclusive_reasons = 4;

// S51: as many days right before; whole months are held against as many whole months.
std::pair<LocalDay, LocalDay> period_before(LocalDay from, LocalDay to);

}  // namespace hotline::sla
