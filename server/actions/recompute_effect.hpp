#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/lifecycle/recompute.hpp"
#include "ticketing/lifecycle/surroundings.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hotline::actions {

// One date that would be another one.
struct DueChange {
    std::string ticket_no;
    ticketing::UnitId unit;  // that has the ticket; none: the centre
    ticketing::DueShift shift;
};

// What a policy or a calendar would do to the tickets that are open.
struct RecomputeEffect {
    std::uint64_t looked_at = 0;
    std::uint64_t tickets = 0;  // with a date that moves
    std::uint64_t earlier = 0;  // dates
    std::uint64_t later = 0;
    std::uint64_t settled = 0;                           // the same date, now by a known calendar
    std::uint64_t stayed = 0;                            // would be past already and therefore stay
    std::map<ticketing::UnitId, std::uint64_t> by_unit;  // tickets with a date that moves
    std::vector<DueChange> largest;  // the dates that move furthest, then those that stay
};

// Reads every open ticket and writes nothing; `proposed` is what would be in force. Takes seconds
// for a hundred thousand tickets: the background lane's work.
Result<RecomputeEffect> recompute_effect(
    mysql::Connection& db,
    const ticketing::Surroundings& proposed,
    ticketing::Limits limits,
    std::size_t most_shown
);

}  // namespace hotline::actions
