#pragma once

#include <cstdint>

namespace hotline::sla {

// How a limit is counted. Numbers are persisted: never change or reuse one.
enum class LimitUnit : std::uint8_t {
    natural_minutes = 1,  // around the clock, holidays included (S7)
    working_minutes = 2,  // office hours only (S5)
    working_days = 3,     // whole days, due at closing time (S3, S4)
};

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
