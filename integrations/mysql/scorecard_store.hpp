#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <optional>
#include <string>

namespace hotline::mysql {

struct StoredScorecard {
    int version = 0;
    ticketing::Instant valid_from;
    std::string body;  // sla/scorecard.hpp
};

// The newest that is valid at `now`; nothing when none was ever stored.
Result<std::optional<StoredScorecard>> read_scorecard(Connection& db, ticketing::Instant now);
// Versions are only ever added. conflict when another stored the same version first.
Result<void> insert_scorecard(Connection& db, const StoredScorecard& card);

}  // namespace hotline::mysql
