#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Enterprises by the initials of their names (ticketing/pinyin).
namespace hotline::mysql {

// Of the table of readings; another one has all initials written again.
inline constexpr std::string_view initials_edition = "pinyin-data 0.15.0";

// Whoever writes the name of an enterprise, new or changed, calls this after it in the same
// transaction. Of the enterprises only id and name are looked at.
Result<void> write_enterprise_initials(
    Connection& db, std::span<const ticketing::Enterprise> enterprises
);

// The enterprises whose names begin with these initials, each once, those with the shortest of
// equal beginnings first.
Result<std::vector<ticketing::EnterpriseId>> enterprises_by_initials(
    Connection& db, std::string_view initials, std::size_t limit
);

// Writes those of at most `limit` enterprises behind `after`; the last id, or nothing when there
// was none.
Result<std::optional<std::uint64_t>> write_next_initials(
    Connection& db, std::uint64_t after, std::size_t limit
);

}  // namespace hotline::mysql
