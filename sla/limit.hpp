#pragma once

#include "sla/names.hpp"

#include <cstdint>
#include <string_view>

namespace hotline::sla {

// How a limit is counted. Numbers are persisted: never change or reuse one.
enum class LimitUnit : std::uint8_t {
    natural_minutes = 1,  // around the clock, holidays included (S7)
    working_minutes = 2,  // office hours only (S5)
    working_days = 3,     // whole days, due at closing time (S3, S4)
};

constexpr auto names_of(LimitUnit) {
    return NameTable<LimitUnit, 3>{{
        {LimitUnit::natural_minutes, "natural_minutes"},
        {LimitUnit::working_minutes, "working_minutes"},
        {LimitUnit::working_days, "working_days"},
    }};
}

constexpr std::string_view name(LimitUnit value) {
    return word_of(value);
}

struct Limit {
    LimitUnit unit = LimitUnit::natural_minutes;
    std::int32_t amount = 0;  // minutes or days, by unit; > 0

    bool operator==(const Limit&) const = default;
};

constexpr Limit natural_minutes(std::int32_t n) {
    return {LimitUnit::natural_minutes, n};
}
constexpr Limit natural_hours(std::int32_t n) {
    return {LimitUnit::natural_minutes, n * 60};
}
constexpr Limit working_hours(std::int32_t n) {
    return {LimitUnit::working_minutes, n * 60};
}
constexpr Limit working_days(std::int32_t n) {
    return {LimitUnit::working_days, n};
}

}  // namespace hotline::sla
