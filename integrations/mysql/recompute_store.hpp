#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One recomputation of the due dates of all open tickets (S43).
struct RecomputeJob {
    std::uint64_t id = 0;
    ticketing::UserId asked_by;
    std::string asked_by_name;
    ticketing::Instant asked_at;
    std::string reason;
    std::uint32_t policy_version = 0;  // what must be in force before it begins
    std::uint32_t calendar_version = 0;
    ticketing::TicketId upto;  // tickets up to this one are done
    std::uint64_t total = 0;   // open tickets when it was asked for
    std::uint64_t looked_at = 0;
    std::uint64_t moved = 0;
    std::uint64_t stayed = 0;
    std::optional<ticketing::Instant> finished_at;
    bool keep_limits = false;  // only the calendar is another one
};

// Adds it inside the caller's transaction; its id.
Result<std::uint64_t> insert_recompute_job(Connection& db, const RecomputeJob& job);

// Newest first.
Result<std::vector<RecomputeJob>> list_recompute_jobs(Connection& db, std::size_t limit);
// Whether any is unfinished, without locks: cheap enough to ask every second.
Result<bool> has_recompute_job(Connection& db);
// Locks the oldest unfinished one that nobody works at, that was asked for by `asked_until` and is
// to be reckoned by no later versions than these: one that waits for its policy holds up no other.
Result<std::optional<RecomputeJob>> take_recompute_job(
    Connection& db,
    ticketing::Instant asked_until,
    std::uint32_t policy_version,
    std::uint32_t calendar_version
);
// How far it came: cursor, counts and end.
Result<void> store_recompute_progress(Connection& db, const RecomputeJob& job);

}  // namespace hotline::mysql
