#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// One line of the audit log: who did what to which object, from where, with what success.
struct AuditEntry {
    ticketing::Instant at;
    ticketing::UserId user;  // none for a stranger
    ticketing::Role role = ticketing::Role::system;
    std::string action;  // "login", "user.create" …; 40 bytes
    std::string object;  // "user:17", "ticket:WN…"; 80 bytes
    bool success = true;
    std::string address;        // 45 bytes
    std::string request_id;     // 40 bytes
    std::string detail = "{}";  // a JSON object; never a password, token or plain telephone number

    bool operator==(const AuditEntry&) const = default;
};

// The same shape as ticketing/event_chain.hpp: the server passes SM3.
using ChainHash = ticketing::Digest (*)(std::span<const std::uint8_t> bytes);

// A1: the log is kept in this many chains, chosen by user, so that two people's entries seldom wait
// for each other's commit.
inline constexpr unsigned audit_shards = 8;

// A2: h(n) = hash(h(n-1), shard, n, entry), integers as eight bytes big-endian, texts with their
// length before them; h(0) is zero. The head row of the shard stays locked until the caller's
// transaction ends, so numbers are dense and the chain cannot fork. Longer texts than the limits
// above are cut first. Write the audit last in a transaction: the lock is then short.
Result<void> append_audit(Connection& db, const AuditEntry& entry, ChainHash hash);

// Where an entry stands; also the cursor of the list.
struct AuditPlace {
    ticketing::Instant at;
    unsigned shard = 0;
    std::uint64_t seq = 0;

    bool operator==(const AuditPlace&) const = default;
};

struct StoredAudit {
    AuditPlace place;
    AuditEntry entry;
    std::string user_name;
};

// Newest first, from before `before` on; `action` empty = all.
Result<std::vector<StoredAudit>> list_audit(
    Connection& db,
    std::string_view action,
    const std::optional<AuditPlace>& before,
    std::size_t limit
);

struct AuditVerdict {
    std::uint64_t entries = 0;               // found intact
    std::optional<AuditPlace> first_broken;  // `at` unset
};

// A3: recomputes every chain up to its head: a changed, missing, swapped or cut-off entry breaks
// it. Reads everything, in pages.
Result<AuditVerdict> verify_audit(Connection& db, ChainHash hash);

}  // namespace hotline::mysql
