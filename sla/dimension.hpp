#pragma once

#include "sla/metric.hpp"
#include "sla/rollup.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace hotline::sla {

// By what figures are told apart. Numbers are persisted with frozen periods.
enum class Dimension : std::uint8_t {
    none = 1,  // all together
    division = 2,
    unit = 3,
    official = 4,
    channel = 5,
    type = 6,
    topic = 7,
    day = 8,
};

constexpr auto names_of(Dimension) {
    return NameTable<Dimension, 8>{{
        {Dimension::none, "none"},
        {Dimension::division, "division"},
        {Dimension::unit, "unit"},
        {Dimension::official, "official"},
        {Dimension::channel, "channel"},
        {Dimension::type, "type"},
        {Dimension::topic, "topic"},
        {Dimension::day, "day"},
    }};
}

constexpr std::string_view name(Dimension value) {
    return word_of(value);
}

// The group a counter falls into: the division's code, the id of unit or official, the day as
// 2026-11-23, the number of channel or type, the topic; "" for all together.
std::string group_of(Dimension dimension, const CounterKey& counter);

// What a period is frozen by: the days of a published month are not told one by one.
inline constexpr Dimension frozen_dimensions[] = {
    Dimension::none,
    Dimension::division,
    Dimension::unit,
    Dimension::official,
    Dimension::channel,
    Dimension::type,
    Dimension::topic,
};

// The figures of a period, group by group (S39).
struct FigureKey {
    Dimension dimension = Dimension::none;
    std::string group;
    Metric metric = Metric::accepted;

    auto operator<=>(const FigureKey&) const = default;
};
using PeriodFigures = std::map<FigureKey, std::int64_t>;

// Adds what the rates are made of and falls on the days from `from` to `to`; how much that was.
// Both ends included.
std::int64_t add_to(
    PeriodFigures& figures, std::span<const Contribution> made, LocalDay from, LocalDay to
);

}  // namespace hotline::sla
