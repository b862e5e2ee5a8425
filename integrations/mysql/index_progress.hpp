#pragma once

#include "integrations/mysql/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

// How far an index has taken up what was there before it, a piece in each transaction.
namespace hotline::mysql {

inline constexpr std::string_view initials_progress = "initials";
inline constexpr std::string_view persons_progress = "persons";

// The last id taken up, 0 at the beginning and when the edition is another than before; locked
// until the end of the transaction. Nothing when all is taken up or another server is at it.
Result<std::optional<std::uint64_t>> begin_index_piece(
    Connection& db, std::string_view name, std::string_view edition
);

// Nothing was left after `upto`: complete.
Result<void> end_index_piece(
    Connection& db, std::string_view name, std::optional<std::uint64_t> upto
);

}  // namespace hotline::mysql
