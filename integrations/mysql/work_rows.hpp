#pragma once

#include "integrations/mysql/connection.hpp"

#include <cstdint>
#include <span>
#include <string_view>

// Tables of work to do, with an ascending id: taken with FOR UPDATE SKIP LOCKED, deleted when done.
namespace hotline::mysql {

Result<void> delete_work(
    Connection& db, std::string_view table, std::span<const std::uint64_t> rows
);

// From the oldest row waiting to the newest: as many rows wait, or fewer. Counting them would read
// them all.
Result<std::uint64_t> count_work(Connection& db, std::string_view table);

}  // namespace hotline::mysql
