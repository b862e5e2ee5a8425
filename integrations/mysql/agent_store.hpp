#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// Where an agent's telephone stands. States and reasons are numbers of the telephony folder's
// enums; 1 and 0: nobody has signed in.
struct AgentRow {
    ticketing::UserId account;
    int state = 1;
    int reason = 0;
    ticketing::Instant since{};
    std::string source;  // of the call
    std::string call_id;
    std::optional<int> next_state;
    std::optional<int> next_reason;
    std::optional<ticketing::Instant> due_at;
    std::optional<ticketing::Instant> idle_since;
    std::optional<ticketing::Instant> told_at;
    std::string name;       // read only
    std::string extension;  // read only

    bool operator==(const AgentRow&) const = default;
};

// These, in the order of their accounts, locked until the transaction ends. Who never signed in is
// not among them.
Result<std::vector<AgentRow>> lock_agents(
    Connection& db, std::span<const ticketing::UserId> accounts
);
// The same for one, made when it is not there. not_found: no such account.
Result<AgentRow> lock_agent(Connection& db, ticketing::UserId account, ticketing::Instant now);

// Who is on one of these calls.
Result<std::vector<ticketing::UserId>> agents_on_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);
// Whose time is up; locked, without those another server has in hand.
Result<std::vector<AgentRow>> lock_due_agents(
    Connection& db, ticketing::Instant now, std::size_t limit
);
// Who stands ready or not ready without any session, told by no platform; locked likewise.
Result<std::vector<AgentRow>> lock_agents_gone(Connection& db, std::size_t limit);

Result<void> store_agent(Connection& db, const AgentRow& agent);

// Everybody signed in, by extension.
Result<std::vector<AgentRow>> list_agents(Connection& db);
// Of these accounts all that are there; one who never signed in stands as at the beginning.
Result<std::vector<AgentRow>> read_agents(
    Connection& db, std::span<const ticketing::UserId> accounts
);

struct AgentMoveRow {
    ticketing::UserId account;
    ticketing::Instant at{};
    int from_state = 0;
    int from_reason = 0;
    int to_state = 0;
    int to_reason = 0;
    int cause = 0;
    ticketing::UserId by;
    std::string source;
    std::string call_id;
    std::string by_name;  // read only
};
Result<void> add_agent_moves(Connection& db, std::span<const AgentMoveRow> moves);
// The latest first.
Result<std::vector<AgentMoveRow>> list_agent_moves(
    Connection& db, ticketing::UserId account, ticketing::Instant since, std::size_t limit
);

// Who went there for this reason more than once since then.
struct RepeatedMove {
    ticketing::UserId account;
    std::string name;
    int times = 0;
    ticketing::Instant last_at{};
};
Result<std::vector<RepeatedMove>> repeated_moves(
    Connection& db, int to_reason, ticketing::Instant since
);

// How long agents stood where between two instants, and how often they came there; what lasts at
// the end counts up to it. Who came before the first instant is not known before his next step.
struct AgentTime {
    ticketing::UserId account;
    std::string name;
    int state = 0;
    std::int64_t times = 0;
    std::chrono::milliseconds together{};
};
Result<std::vector<AgentTime>> read_agent_times(
    Connection& db, ticketing::Instant from, ticketing::Instant to
);

}  // namespace hotline::mysql
