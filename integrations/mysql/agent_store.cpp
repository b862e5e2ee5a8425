#include "integrations/mysql/agent_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Instant;
using ticketing::UserId;

constexpr std::string_view agent_columns =
    "g.account_id,g.state,g.reason,g.since,g.source,g.call_id,g.next_state,g.next_reason,g.due_at,"
    "g.idle_since,g.told_at,a.name,a.extension";
constexpr std::string_view agent_tables =
    " FROM agent_standing g JOIN account a ON a.id=g.account_id WHERE ";

AgentRow read_agent(const Row& row) {
    AgentRow agent;
    agent.account = {row.unsigned_integer(0)};
    agent.state = static_cast<int>(row.integer(1));
    agent.reason = static_cast<int>(row.integer(2));
    agent.since = row.time(3);
    agent.source = row.string(4);
    agent.call_id = row.string(5);
    if (const auto next = row.optional_integer(6)) agent.next_state = static_cast<int>(*next);
    if (const auto next = row.optional_integer(7)) agent.next_reason = static_cast<int>(*next);
    agent.due_at = row.optional_time(8);
    agent.idle_since = row.optional_time(9);
    agent.told_at = row.optional_time(10);
    agent.name = row.string(11);
    agent.extension = row.string(12);
    return agent;
}

Result<std::vector<AgentRow>> agents_where(Connection& db, const QueryText& where) {
    QueryText sql;
    sql.add("SELECT ").add(agent_columns).add(agent_tables).add(where);
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<AgentRow> agents;
    for (const Row row : *rows) agents.push_back(read_agent(row));
    return agents;
}

QueryText are_accounts(std::string_view column, std::span<const UserId> accounts) {
    std::vector<Param> ids;
    for (const UserId account : accounts) ids.emplace_back(account.value);
    return QueryText::in(column, std::move(ids));
}

// A join cannot name which of its tables to lock in both stores, so the standing alone is locked.
Result<std::vector<AgentRow>> locked_agents(Connection& db, const QueryText& which) {
    QueryText lock;
    lock.add("SELECT g.account_id FROM agent_standing g WHERE ").add(which);
    const auto rows = lock.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<UserId> accounts;
    for (const Row row : *rows) accounts.push_back({row.unsigned_integer(0)});
    if (accounts.empty()) return std::vector<AgentRow>{};
    QueryText where;
    where.add(are_accounts("g.account_id", accounts)).add(" ORDER BY g.account_id");
    return agents_where(db, where);
}

}  // namespace

Result<std::vector<AgentRow>> lock_agents(Connection& db, std::span<const UserId> accounts) {
    if (accounts.empty()) return std::vector<AgentRow>{};
    QueryText which;
    which.add(are_accounts("g.account_id", accounts)).add(" ORDER BY g.account_id FOR UPDATE");
    return locked_agents(db, which);
}

Result<AgentRow> lock_agent(Connection& db, UserId account, Instant now) {
    const auto made = db.execute(
        "INSERT IGNORE INTO agent_standing (account_id,state,reason,since) "
        "SELECT id,1,0,? FROM account WHERE id=?",
        {now, account.value}
    );
    if (!made) return std::unexpected(made.error());
    auto found = lock_agents(db, {&account, 1});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return fail(ErrorCode::not_found);
    return std::move(found->front());
}

Result<std::vector<UserId>> agents_on_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    std::vector<UserId> accounts;
    if (call_ids.empty()) return accounts;
    QueryText sql;
    sql.add("SELECT account_id FROM agent_standing WHERE source=?", {source});
    sql.also(QueryText::in("call_id", {call_ids.begin(), call_ids.end()}));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) accounts.push_back({row.unsigned_integer(0)});
    return accounts;
}

Result<std::vector<AgentRow>> lock_due_agents(Connection& db, Instant now, std::size_t limit) {
    QueryText which;
    which.add("g.due_at<=?", {now});
    which.add(" ORDER BY g.due_at LIMIT ? FOR UPDATE SKIP LOCKED", {limit});
    return locked_agents(db, which);
}

Result<std::vector<AgentRow>> lock_agents_gone(Connection& db, std::size_t limit) {
    QueryText which;
    which.add(
        "g.state IN (2,3) AND g.told_at IS NULL AND NOT EXISTS (SELECT 1 FROM session s "
        "WHERE s.account_id=g.account_id) LIMIT ? FOR UPDATE SKIP LOCKED",
        {limit}
    );
    return locked_agents(db, which);
}

Result<void> store_agent(Connection& db, const AgentRow& agent) {
    const auto done = db.execute(
        "UPDATE agent_standing SET state=?,reason=?,since=?,source=?,call_id=?,next_state=?,"
        "next_reason=?,due_at=?,idle_since=?,told_at=? WHERE account_id=?",
        {agent.state,
         agent.reason,
         agent.since,
         agent.source,
         agent.call_id,
         agent.next_state,
         agent.next_reason,
         agent.due_at,
         agent.idle_since,
         agent.told_at,
         agent.account.value}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::vector<AgentRow>> list_agents(Connection& db) {
    QueryText where;
    return agents_where(db, where.add("g.state<>1 ORDER BY a.extension,a.id"));
}

Result<std::vector<AgentRow>> read_agents(Connection& db, std::span<const UserId> accounts) {
    if (accounts.empty()) return std::vector<AgentRow>{};
    auto found = agents_where(db, are_accounts("g.account_id", accounts));
    if (!found || found->size() == accounts.size()) return found;
    QueryText sql;
    sql.add(
        "SELECT a.id,a.name,a.extension FROM account a WHERE NOT EXISTS (SELECT 1 FROM "
        "agent_standing g WHERE g.account_id=a.id)"
    );
    sql.also(are_accounts("a.id", accounts));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        AgentRow agent;
        agent.account = {row.unsigned_integer(0)};
        agent.name = row.string(1);
        agent.extension = row.string(2);
        found->push_back(std::move(agent));
    }
    return found;
}

Result<void> add_agent_moves(Connection& db, std::span<const AgentMoveRow> moves) {
    InsertBatch batch(
        "agent_move",
        "account_id, at, from_state, from_reason, to_state, to_reason, cause, by_account, source, "
        "call_id"
    );
    for (const AgentMoveRow& move : moves) {
        batch.add(
            {move.account.value,
             move.at,
             move.from_state,
             move.from_reason,
             move.to_state,
             move.to_reason,
             move.cause,
             move.by ? Param{move.by.value} : Param{nullptr},
             move.source,
             move.call_id}
        );
    }
    if (batch.empty()) return {};
    const auto inserted = db.insert(batch);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

Result<std::vector<AgentMoveRow>> list_agent_moves(
    Connection& db, UserId account, Instant since, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT m.at,m.from_state,m.from_reason,m.to_state,m.to_reason,m.cause,m.by_account,"
        "m.call_id,COALESCE(a.name,'') FROM agent_move m LEFT JOIN account a ON a.id=m.by_account "
        "WHERE m.account_id=? AND m.at>=? ORDER BY m.id DESC LIMIT ?",
        {account.value, since, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<AgentMoveRow> moves;
    for (const Row row : *rows) {
        AgentMoveRow move;
        move.account = account;
        move.at = row.time(0);
        move.from_state = static_cast<int>(row.integer(1));
        move.from_reason = static_cast<int>(row.integer(2));
        move.to_state = static_cast<int>(row.integer(3));
        move.to_reason = static_cast<int>(row.integer(4));
        move.cause = static_cast<int>(row.integer(5));
        move.by = {row.unsigned_integer(6)};
        move.call_id = row.string(7);
        move.by_name = row.string(8);
        moves.push_back(std::move(move));
    }
    return moves;
}

Result<std::vector<RepeatedMove>> repeated_moves(Connection& db, int to_reason, Instant since) {
    const auto rows = db.query(
        "SELECT m.account_id,a.name,COUNT(*),MAX(m.at) FROM agent_move m "
        "JOIN account a ON a.id=m.account_id WHERE m.to_reason=? AND m.at>=? "
        "AND (m.from_reason<>m.to_reason OR m.from_state<>m.to_state) "
        "GROUP BY m.account_id,a.name HAVING COUNT(*)>1 ORDER BY MAX(m.at) DESC",
        {to_reason, since}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<RepeatedMove> found;
    for (const Row row : *rows) {
        found.push_back(
            {{row.unsigned_integer(0)}, row.string(1), static_cast<int>(row.integer(2)), row.time(3)
            }
        );
    }
    return found;
}

Result<std::vector<AgentTime>> read_agent_times(Connection& db, Instant from, Instant to) {
    const auto rows = db.query(
        "SELECT x.account_id,a.name,x.to_state,COUNT(*),"
        "SUM(TIMESTAMPDIFF(MICROSECOND,x.at,COALESCE(x.next_at,?))) DIV 1000 FROM ("
        "SELECT account_id,to_state,at,LEAD(at) OVER (PARTITION BY account_id ORDER BY id) AS "
        "next_at FROM agent_move WHERE at>=? AND at<?) x JOIN account a ON a.id=x.account_id "
        "GROUP BY x.account_id,a.name,x.to_state ORDER BY x.account_id,x.to_state",
        {to, from, to}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<AgentTime> times;
    for (const Row row : *rows) {
        times.push_back(
            {{row.unsigned_integer(0)},
             row.string(1),
             static_cast<int>(row.integer(2)),
             row.integer(3),
             std::chrono::milliseconds{row.integer(4)}}
        );
    }
    return times;
}

}  // namespace hotline::mysql
