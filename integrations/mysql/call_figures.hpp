#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/local_time.hpp"
#include "sla/waiting.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

namespace hotline::mysql {

// Incoming calls by half hour of the day in China (0 to 47) and last agent's account (0: none),
// S49.
using CallTallies = std::map<std::pair<int, std::uint64_t>, sla::CallTally>;
Result<CallTallies> read_call_tallies(Connection& db, sla::LocalDay from, sla::LocalDay to);

// What accounts are called, by id.
Result<std::map<std::uint64_t, std::string>> read_account_names(
    Connection& db, std::span<const std::uint64_t> accounts
);

}  // namespace hotline::mysql
