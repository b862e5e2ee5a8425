#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/plan.hpp"

namespace hotline::mysql {

// Nothing of whoever set none.
Result<std::optional<ticketing::notices::Preferences>> find_preferences(
    Connection& db, ticketing::UserId account
);
Result<void> keep_preferences(
    Connection& db,
    ticketing::UserId account,
    const ticketing::notices::Preferences& preferences,
    ticketing::Instant now
);

// From a row with quiet_from, quiet_to, language, channels from column `first` on.
ticketing::notices::Preferences read_preferences(const Row& row, std::size_t first);

}  // namespace hotline::mysql
