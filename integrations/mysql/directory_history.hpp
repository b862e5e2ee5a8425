#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/organisation/entries.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One line of the history: DirectoryWriter wrote it, nobody changes it.
struct DirectoryChange {
    std::uint64_t id = 0;
    ticketing::Instant at;
    ticketing::UserId user;
    std::string user_name;
    ticketing::organisation::Deed deed{};
    ticketing::organisation::Kind kind{};
    std::uint64_t entity = 0;
    std::string entity_name;
    std::string before;  // JSON; empty of a new entry
    std::string after;
    std::string source;
    std::string note;
};

struct HistoryFilter {
    std::optional<ticketing::organisation::Kind> kind;
    std::uint64_t entity = 0;  // with kind
    ticketing::UserId user;
    std::optional<ticketing::Instant> from, until;  // from <= at < until
    std::uint64_t before_id = 0;                    // older than this line
    std::uint64_t limit = 50;
};

// Newest first.
Result<std::vector<DirectoryChange>> list_changes(Connection& db, const HistoryFilter& filter);

}  // namespace hotline::mysql
