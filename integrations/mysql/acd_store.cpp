#include "integrations/mysql/acd_store.hpp"

#include "integrations/mysql/query_text.hpp"

#include <algorithm>
#include <set>

namespace hotline::mysql {
namespace {

using ticketing::Instant;
using ticketing::UserId;

constexpr std::string_view acd_columns =
    "SELECT id,source,call_id,state,left_as,owner,token,enqueued_at,bonus_s,skills,attempt,"
    "offered_to,offer_until,excluded,taken_by,taken_at,left_at FROM acd_call WHERE ";

AcdCall read_acd_call(const Row& row) {
    AcdCall call;
    call.id = row.unsigned_integer(0);
    call.source = row.string(1);
    call.call_id = row.string(2);
    call.state = static_cast<int>(row.integer(3));
    if (const auto left = row.optional_integer(4)) call.left_as = static_cast<int>(*left);
    call.owner = row.string(5);
    call.token = row.unsigned_integer(6);
    call.enqueued_at = row.time(7);
    call.bonus_s = static_cast<int>(row.integer(8));
    call.skills = row.string(9);
    call.attempt = static_cast<int>(row.integer(10));
    call.offered_to = {row.unsigned_integer(11)};
    call.offer_until = row.optional_time(12);
    call.excluded = row.string(13);
    call.taken_by = {row.unsigned_integer(14)};
    call.taken_at = row.optional_time(15);
    call.left_at = row.optional_time(16);
    return call;
}

Result<std::vector<AcdCall>> acd_calls(Connection& db, const QueryText& which) {
    QueryText sql;
    sql.add(acd_columns).add(which);
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<AcdCall> calls;
    for (const Row row : *rows) calls.push_back(read_acd_call(row));
    return calls;
}

Result<std::optional<AcdCall>> one_acd_call(Connection& db, const QueryText& which) {
    auto found = acd_calls(db, which);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<AcdCall>{};
    return std::optional(std::move(found->front()));
}

Param account_or_null(UserId account) {
    return account ? Param{account.value} : Param{nullptr};
}

Result<void> only_whether(const Result<std::uint64_t>& done) {
    if (!done) return std::unexpected(done.error());
    return {};
}

template <class T, class Read>
Result<std::vector<T>> column(Connection& db, std::string_view sql, Params values, Read read) {
    const auto rows = db.query(sql, values);
    if (!rows) return std::unexpected(rows.error());
    std::vector<T> found;
    for (const Row row : *rows) found.push_back(read(row));
    return found;
}

constexpr auto read_number = [](const Row& row) { return row.unsigned_integer(0); };

}  // namespace

Result<std::uint64_t> lock_acd_turn(Connection& db) {
    const auto rows = db.query("SELECT token FROM acd_turn WHERE id=1 FOR UPDATE");
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::internal, "acd_turn is empty");
    return rows->front().unsigned_integer(0);
}

Result<bool> lengthen_owner_lease(
    Connection& db, std::string_view instance, std::uint64_t token, Instant until, Instant now
) {
    const auto found = db.execute(
        "UPDATE acd_owner SET lease_until=GREATEST(lease_until,?) WHERE instance=? AND token=? AND "
        "lease_until>?",
        {until, instance, token, now}
    );
    if (!found) return std::unexpected(found.error());
    return *found == 1;
}

Result<void> install_owner(
    Connection& db, std::string_view instance, std::uint64_t token, Instant until
) {
    const auto counted = db.execute("UPDATE acd_turn SET token=? WHERE id=1", {token});
    if (!counted) return std::unexpected(counted.error());
    return only_whether(db.execute(
        "INSERT INTO acd_owner (instance,token,lease_until) VALUES (?,?,?) ON DUPLICATE KEY UPDATE "
        "token=VALUES(token),lease_until=VALUES(lease_until)",
        {instance, token, until}
    ));
}

Result<std::vector<std::uint64_t>> live_owner_tokens(Connection& db, Instant now) {
    return column<std::uint64_t>(
        db, "SELECT token FROM acd_owner WHERE lease_until>?", {now}, read_number
    );
}

Result<void> forget_owners(Connection& db, Instant unheard_since) {
    return only_whether(db.execute("DELETE FROM acd_owner WHERE lease_until<?", {unheard_since}));
}

Result<AcdCall> add_acd_call(Connection& db, const AcdCall& call) {
    // The row that is there already is locked by this as well.
    const auto made = db.execute(
        "INSERT INTO acd_call (source,call_id,state,owner,token,enqueued_at,bonus_s,skills) VALUES "
        "(?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE id=id",
        {call.source,
         call.call_id,
         call.state,
         call.owner,
         call.token,
         call.enqueued_at,
         call.bonus_s,
         call.skills}
    );
    if (!made) return std::unexpected(made.error());
    auto row = lock_acd_call(db, call.source, call.call_id);
    if (!row) return std::unexpected(row.error());
    if (!*row) return fail(ErrorCode::internal, "acd_call vanished");
    return std::move(**row);
}

Result<std::optional<AcdCall>> lock_acd_call(
    Connection& db, std::string_view source, std::string_view call_id
) {
    QueryText which;
    return one_acd_call(db, which.add("source=? AND call_id=? FOR UPDATE", {source, call_id}));
}

Result<std::optional<AcdCall>> find_acd_call(
    Connection& db, std::string_view source, std::string_view call_id
) {
    QueryText which;
    return one_acd_call(db, which.add("source=? AND call_id=?", {source, call_id}));
}

// By the primary key, whose record every change locks first: by another index they would wait for
// each other.
Result<std::vector<AcdCall>> lock_acd_calls(Connection& db, const std::vector<std::uint64_t>& ids) {
    std::vector<AcdCall> calls;
    std::vector<std::uint64_t> sorted = ids;
    std::ranges::sort(sorted);
    const auto done = in_parts<std::uint64_t>(sorted, [&](std::span<const std::uint64_t> some) {
        QueryText which;
        which.add(QueryText::in("id", {some.begin(), some.end()}));
        auto found = acd_calls(db, which.add(" ORDER BY id FOR UPDATE"));
        if (!found) return Result<void>{std::unexpected(found.error())};
        std::ranges::move(*found, std::back_inserter(calls));
        return Result<void>{};
    });
    if (!done) return std::unexpected(done.error());
    return calls;
}

Result<std::vector<AcdCall>> lock_expired_offers(Connection& db, Instant now, std::size_t limit) {
    auto ids = column<std::uint64_t>(
        db,
        "SELECT id FROM acd_call WHERE state=2 AND offer_until<=? ORDER BY id LIMIT ?",
        {now, limit},
        read_number
    );
    if (!ids) return std::unexpected(ids.error());
    if (ids->empty()) return std::vector<AcdCall>{};
    QueryText which;
    which.add(QueryText::in("id", {ids->begin(), ids->end()}));
    which.also("state=2 AND offer_until<=? ORDER BY id FOR UPDATE SKIP LOCKED", {now});
    return acd_calls(db, which);
}

Result<void> store_acd_call(Connection& db, const AcdCall& call) {
    return only_whether(db.execute(
        "UPDATE acd_call SET state=?,left_as=?,owner=?,token=?,enqueued_at=?,attempt=?,"
        "offered_to=?,offer_until=?,excluded=?,taken_by=?,taken_at=?,left_at=? WHERE id=?",
        {call.state,
         call.left_as,
         call.owner,
         call.token,
         call.enqueued_at,
         call.attempt,
         account_or_null(call.offered_to),
         call.offer_until,
         call.excluded,
         account_or_null(call.taken_by),
         call.taken_at,
         call.left_at,
         call.id}
    ));
}

Result<bool> may_match(Connection& db, std::uint64_t token) {
    const auto rows = db.query(
        "SELECT EXISTS(SELECT 1 FROM agent_standing WHERE state=3 AND told_at IS NULL) AND "
        "EXISTS(SELECT 1 FROM acd_call WHERE state=1 AND token=?)",
        {token}
    );
    if (!rows) return std::unexpected(rows.error());
    return rows->front().flag(0);
}

Result<std::vector<std::uint64_t>> stray_acd_calls(
    Connection& db, const std::vector<std::uint64_t>& live_tokens
) {
    QueryText sql;
    sql.add("SELECT id FROM acd_call WHERE state IN (1,2,3)");
    for (const std::uint64_t token : live_tokens) sql.also("token<>?", {token});
    const auto rows = sql.add(" ORDER BY id").run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<std::uint64_t> ids;
    for (const Row row : *rows) ids.push_back(row.unsigned_integer(0));
    return ids;
}

Result<std::vector<AcdCall>> read_waiting_calls(Connection& db, std::size_t limit) {
    QueryText which;
    which.add(
        "state=1 ORDER BY TIMESTAMPADD(SECOND,-bonus_s,enqueued_at),enqueued_at,source,call_id "
        "LIMIT ?",
        {limit}
    );
    return acd_calls(db, which);
}

Result<std::vector<AcdCall>> read_open_acd_calls(Connection& db) {
    QueryText which;
    return acd_calls(db, which.add("state IN (1,2,3) ORDER BY id"));
}

Result<std::set<std::string>> answered_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    std::set<std::string> answered;
    const auto take = [&](std::span<const std::string> some) -> Result<void> {
        QueryText sql;
        sql.add(
            "SELECT call_id FROM phone_call WHERE source=? AND answered_at IS NOT NULL", {source}
        );
        const auto rows = sql.also(QueryText::in("call_id", {some.begin(), some.end()})).run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) answered.insert(row.string(0));
        return {};
    };
    if (auto done = in_parts<std::string>(call_ids, take); !done) {
        return std::unexpected(done.error());
    }
    return answered;
}

Result<std::vector<ReadyAgent>> lock_ready_agents(Connection& db) {
    const auto ready = column<std::uint64_t>(
        db,
        "SELECT account_id FROM agent_standing WHERE state=3 AND told_at IS NULL "
        "ORDER BY account_id FOR UPDATE SKIP LOCKED",
        {},
        read_number
    );
    if (!ready) return std::unexpected(ready.error());
    if (ready->empty()) return std::vector<ReadyAgent>{};
    const auto promised = column<std::uint64_t>(
        db, "SELECT offered_to FROM acd_call WHERE offered_to IS NOT NULL", {}, read_number
    );
    if (!promised) return std::unexpected(promised.error());
    QueryText sql;
    sql.add(
        "SELECT g.account_id,a.extension,COALESCE(g.idle_since,g.since) FROM agent_standing g JOIN "
        "account a ON a.id=g.account_id WHERE a.disabled=0 AND a.extension<>''"
    );
    sql.also(QueryText::in("g.account_id", {ready->begin(), ready->end()}));
    const auto rows = sql.add(" ORDER BY g.account_id").run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<ReadyAgent> agents;
    std::set<std::string, std::less<>> telephones;
    for (const Row row : *rows) {
        const UserId account{row.unsigned_integer(0)};
        if (std::ranges::find(*promised, account.value) != promised->end()) continue;
        // One telephone takes one call, however many have signed in at it.
        if (!telephones.insert(row.string(1)).second) continue;
        agents.push_back({account, row.string(1), row.time(2)});
    }
    return agents;
}

Result<std::vector<SkillRow>> read_skills(Connection& db, std::span<const UserId> accounts) {
    if (accounts.empty()) return std::vector<SkillRow>{};
    std::vector<Param> ids;
    for (const UserId account : accounts) ids.emplace_back(account.value);
    QueryText sql;
    sql.add("SELECT account_id,skill,level FROM agent_skill WHERE ");
    sql.add(QueryText::in("account_id", std::move(ids))).add(" ORDER BY account_id,skill");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<SkillRow> skills;
    for (const Row row : *rows) {
        skills.push_back(
            {{row.unsigned_integer(0)}, row.string(1), static_cast<int>(row.integer(2))}
        );
    }
    return skills;
}

Result<void> replace_skills(Connection& db, UserId account, std::span<const SkillRow> skills) {
    const auto gone = db.execute("DELETE FROM agent_skill WHERE account_id=?", {account.value});
    if (!gone) return std::unexpected(gone.error());
    InsertBatch batch("agent_skill", "account_id, skill, level");
    for (const SkillRow& one : skills) batch.add({account.value, one.skill, one.level});
    if (batch.empty()) return {};
    return only_whether(db.insert(batch));
}

Result<std::vector<std::string>> known_skills(Connection& db) {
    return column<std::string>(
        db,
        "SELECT DISTINCT skill FROM agent_skill ORDER BY skill",
        {},
        [](const Row& row) { return row.string(0); }
    );
}

Result<LineCounts> count_line(
    Connection& db, const std::vector<int>& staffed_states, Instant taken_since
) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM agent_standing WHERE told_at IS NULL");
    sql.also(QueryText::in("state", {staffed_states.begin(), staffed_states.end()}));
    const auto staffed = sql.run(db);
    if (!staffed) return std::unexpected(staffed.error());
    const auto taken = db.query(
        "SELECT COUNT(*),SUM(left_at IS NOT NULL),"
        "SUM(COALESCE(TIMESTAMPDIFF(MICROSECOND,taken_at,left_at),0)) DIV 1000 FROM acd_call "
        "WHERE taken_at>=?",
        {taken_since}
    );
    if (!taken) return std::unexpected(taken.error());
    LineCounts counts;
    counts.staffed = static_cast<int>(staffed->front().integer(0));
    counts.answered = static_cast<int>(taken->front().integer(0));
    counts.handled = static_cast<int>(taken->front().integer(1));
    counts.handling_ms = taken->front().integer(2);
    return counts;
}

}  // namespace hotline::mysql
