#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/actions/recompute_effect.hpp"
#include "server/city.hpp"

#include <cstdint>

namespace hotline::cli {

// What a proposal would do to open tickets, on standard output.
void print_effect(const actions::RecomputeEffect& effect, const ticketing::Directory& directory);

// Works at the job, beside running servers or without any, until it is done; shows how far it is.
Result<void> finish_recompute(mysql::Connection& db, std::uint64_t job);

}  // namespace hotline::cli
