#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/recompute_store.hpp"
#include "server/city.hpp"
#include "ticketing/lifecycle/recompute.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace hotline::actions {

// Every server puts a new policy or calendar in force within this time. A job waits for it, so that
// no ticket gets a date by the old one behind its back.
inline constexpr std::chrono::seconds settling_time{6};

struct RecomputeWish {
    ticketing::UserId by;
    std::string reason;  // stands in every ticket's log
    std::uint32_t policy_version = 0;
    std::uint32_t calendar_version = 0;
    ticketing::Limits limits = ticketing::Limits::by_policy;
};

// Asks for the due dates of all open tickets to be reckoned anew (S43); the job's id. Inside the
// caller's transaction, beside the audit entry.
Result<std::uint64_t> ask_recompute(
    mysql::Connection& db, const RecomputeWish& wish, ticketing::Instant now
);

// The deed: takes the next `limit` tickets of the oldest job and writes what moves, an event each;
// the job as it stands then, or nothing when there is none to work at here and now: none is asked
// for, another server has it, or `city` is not yet what it is to be reckoned by. One transaction; a
// server that dies leaves the step undone and the next one takes it up.
Result<std::optional<mysql::RecomputeJob>> recompute_step(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
);

}  // namespace hotline::actions
