#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One set of limits, as text (sla/policy_text.hpp). A version never changes; a change is a new one.
struct StoredPolicy {
    std::uint32_t version = 0;
    std::string body;
    ticketing::Instant valid_from;
    std::string note;            // why it was made
    ticketing::UserId added_by;  // none: it came with the program
    std::string added_by_name;
    std::optional<ticketing::Instant> added_at;
};

// The newest version whose valid_from has come. not_found when there is none.
Result<StoredPolicy> read_policy(Connection& db, ticketing::Instant now);
// Its number, 0 when there is none. Cheap enough to ask every second.
Result<std::uint32_t> policy_in_force(Connection& db, ticketing::Instant now);
// One version; not_found.
Result<StoredPolicy> read_policy_version(Connection& db, std::uint32_t version);
// All of them, newest first, without their bodies.
Result<std::vector<StoredPolicy>> list_policies(Connection& db);
// The number a new version takes; who else takes it meanwhile gets `conflict` at insert_policy.
Result<std::uint32_t> next_policy_version(Connection& db);
// Adds it inside the caller's transaction; `conflict` when its number is there already.
Result<void> insert_policy(Connection& db, const StoredPolicy& policy);

}  // namespace hotline::mysql
