#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A call we distribute. `state`, `left_as` and the texts are the telephony folder's.
struct AcdCall {
    std::uint64_t id = 0;
    std::string source;
    std::string call_id;
    int state = 1;
    std::optional<int> left_as;
    std::string owner;
    std::uint64_t token = 0;
    ticketing::Instant enqueued_at{};
    int bonus_s = 0;
    std::string skills;
    int attempt = 0;
    ticketing::UserId offered_to;
    std::optional<ticketing::Instant> offer_until;
    std::string excluded;
    ticketing::UserId taken_by;
    std::optional<ticketing::Instant> taken_at;
    std::optional<ticketing::Instant> left_at;

    bool operator==(const AcdCall&) const = default;
};

// The row that serialises matching and taking over, for the rest of the transaction; the last token
// that was given out.
Result<std::uint64_t> lock_acd_turn(Connection& db);

// Only while its lease lasts; false: it does not any more, or the token is another's.
Result<bool> lengthen_owner_lease(
    Connection& db,
    std::string_view instance,
    std::uint64_t token,
    ticketing::Instant until,
    ticketing::Instant now
);
// Under the turn: a new token for it.
Result<void> install_owner(
    Connection& db, std::string_view instance, std::uint64_t token, ticketing::Instant until
);
Result<std::vector<std::uint64_t>> live_owner_tokens(Connection& db, ticketing::Instant now);
// Owners nobody has heard since then.
Result<void> forget_owners(Connection& db, ticketing::Instant unheard_since);

// The row of this name, locked: this one, or as it was there already.
Result<AcdCall> add_acd_call(Connection& db, const AcdCall& call);
Result<std::optional<AcdCall>> lock_acd_call(
    Connection& db, std::string_view source, std::string_view call_id
);
// By their rows, in that order.
Result<std::vector<AcdCall>> lock_acd_calls(Connection& db, const std::vector<std::uint64_t>& ids);
// Offers whose time is up; locked, without those another server has in hand.
Result<std::vector<AcdCall>> lock_expired_offers(
    Connection& db, ticketing::Instant now, std::size_t limit
);
// Everything of it that moves.
Result<void> store_acd_call(Connection& db, const AcdCall& call);

// Not locked, all of these: whether somebody waits in this owner's hand while somebody is ready;
// which of those not over are in nobody's hand; those that wait, the first in line first; all that
// are not over.
Result<bool> may_match(Connection& db, std::uint64_t token);
Result<std::vector<std::uint64_t>> stray_acd_calls(
    Connection& db, const std::vector<std::uint64_t>& live_tokens
);
Result<std::vector<AcdCall>> read_waiting_calls(Connection& db, std::size_t limit);
Result<std::vector<AcdCall>> read_open_acd_calls(Connection& db);
// Those of these calls whose own record says that somebody answered them.
Result<std::set<std::string>> answered_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);
Result<std::optional<AcdCall>> find_acd_call(
    Connection& db, std::string_view source, std::string_view call_id
);

struct SkillRow {
    ticketing::UserId account;
    std::string skill;
    int level = 1;

    bool operator==(const SkillRow&) const = default;
};
struct ReadyAgent {
    ticketing::UserId account;
    std::string extension;
    ticketing::Instant idle_since{};
};
// Who is ready, whose state no platform tells and to whom no call is promised; by account. Locked,
// without those who are being moved just now: they are not where they were.
Result<std::vector<ReadyAgent>> lock_ready_agents(Connection& db);

Result<std::vector<SkillRow>> read_skills(
    Connection& db, std::span<const ticketing::UserId> accounts
);
Result<void> replace_skills(
    Connection& db, ticketing::UserId account, std::span<const SkillRow> skills
);
// Every skill somebody has.
Result<std::vector<std::string>> known_skills(Connection& db);

struct LineCounts {
    int staffed = 0;
    int answered = 0;
    std::int64_t handling_ms = 0;  // together, of those that are over
    int handled = 0;
};
// `staffed_states`: numbers of the telephony folder's enum.
Result<LineCounts> count_line(
    Connection& db, const std::vector<int>& staffed_states, ticketing::Instant taken_since
);

}  // namespace hotline::mysql
