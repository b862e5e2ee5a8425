#pragma once

#include "tests/bench/instance.hpp"

#include <cstdint>
#include <string_view>

namespace hotline::bench {

// One ticket in fifty thousand has it.
inline constexpr std::string_view rare_word = "琉璃瓦窑";

// A telephone number that some forty of a million tickets have.
std::string phone_of(std::uint64_t n);

// Puts `tickets` invented tickets of the last year under those there are, and their words and
// numbers into the indexes, as the server would have by and by. Of the tickets themselves only
// their rows: nobody acts on them.
void fill_search(const Instance& instance, std::uint64_t tickets);

}  // namespace hotline::bench
