#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

namespace hotline::mysql {

// Where a division stands on the tile map, by its code.
struct Tile {
    int column = 0;
    int row = 0;
};
Result<std::unordered_map<std::string, Tile>> read_tiles(Connection& db);

// Tickets not final yet, by EnterpriseId.value; enterprises without one are left out.
Result<std::unordered_map<std::uint64_t, std::int64_t>> open_tickets_of(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
);

}  // namespace hotline::mysql
