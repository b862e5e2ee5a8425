#pragma once

#include "integrations/mysql/reference/reference.hpp"
#include "ticketing/types/directory.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hotline::city {

// As many helper officials (帮扶干部) as the city has published.
inline constexpr std::size_t official_count = 1498;

// Demonstration officials, ids 1 to 1498 in the order of the units: everyone but the hotline centre
// has at least one, busy departments more. Each has a deputy in his unit where there is a second
// person.
std::vector<ticketing::Official> make_officials(
    const reference::Reference& reference, std::uint64_t seed
);

// "WN-0001"; stable across runs, so that an import can name them.
std::string staff_number(ticketing::OfficialId official);

}  // namespace hotline::city
