#pragma once

#include "tests/simulated_quarter/balance.hpp"
#include "tests/simulated_quarter/town.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace simulated_quarter {

inline constexpr int days = 92;
inline constexpr std::size_t months = 3;

struct Plan {
    int per_day = 60;
    std::uint64_t seed = 1;
    bool learns = true;  // else the router is never told of returns
};

struct Month {
    int tickets = 0;
    int returns = 0;  // approved
    // Of them: of a kind that the duty list sends to the wrong unit, and this unit had given one of
    // that kind back before.
    int repeats = 0;
};

struct Record {
    std::array<Month, months> by_month;
    int routed = 0;           // decisions of the router
    int chosen_on_leave = 0;  // officials who were away when they were chosen
    int conflicts = 0;        // units and officials chosen that had to keep away
    int given_by_clerk = 0;   // every desk of the unit was full: its clerk gave it to the lightest
    int nobody_there = 0;     // all of the unit were away
    std::size_t learned = 0;  // kinds remembered at the end
    DeskBook desks{0};
};

// Whether the last month had at most half as many repeats as the first.
bool halved(const Record& record);

// Ninety-two days of the line in simulated time; the same plan gives the same record.
Record play(Town& town, const Plan& plan);

}  // namespace simulated_quarter
