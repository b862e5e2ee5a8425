#pragma once

#include "integrations/files/file_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "ticketing/types/event.hpp"

#include <chrono>
#include <cstdint>

namespace hotline::actions {

// Removes from a store what no row names and nobody stored since `before`: left behind by a
// transaction that failed. How many files went. Blocks.
using NamesDigest = Result<bool> (*)(mysql::Connection& db, const ticketing::Digest& digest);
Result<std::uint64_t> sweep_unnamed(
    const files::FileStore& store,
    mysql::Pool& pool,
    NamesDigest named,
    std::chrono::system_clock::time_point before
);

}  // namespace hotline::actions
