#include "integrations/mysql/command_store.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Instant;

constexpr std::string_view command_columns =
    "SELECT k.id,k.source,k.call_id,k.action,k.asked_by,k.extension,k.target,k.outside,k.ticket_id,"
    "k.callback_id,k.idempotency_key,k.asked_at,k.due_at,k.taken_by,k.taken_at,k.ended_as,k.ended_"
    "at,"
    "k.fault FROM call_command k WHERE ";

CallCommand read_command_row(const Row& row) {
    CallCommand command;
    command.id = row.unsigned_integer(0);
    command.source = row.string(1);
    command.call_id = row.string(2);
    command.action = static_cast<int>(row.integer(3));
    command.asked_by = {row.unsigned_integer(4)};
    command.extension = row.string(5);
    command.target = row.string(6);
    command.outside = row.integer(7) != 0;
    command.ticket = {row.unsigned_integer(8)};
    command.callback = row.unsigned_integer(9);
    command.key = row.string(10);
    command.asked_at = row.time(11);
    command.due_at = row.time(12);
    command.taken_by = row.string(13);
    command.taken_at = row.optional_time(14);
    if (const auto end = row.optional_integer(15)) command.ended_as = static_cast<int>(*end);
    command.ended_at = row.optional_time(16);
    if (const auto why = row.optional_integer(17)) command.fault = static_cast<int>(*why);
    return command;
}

Result<std::vector<CallCommand>> commands_where(Connection& db, const QueryText& which) {
    QueryText sql;
    sql.add(command_columns).add(which);
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<CallCommand> found;
    for (const Row row : *rows) found.push_back(read_command_row(row));
    return found;
}

Result<std::optional<CallCommand>> one_command(Connection& db, const QueryText& which) {
    auto found = commands_where(db, which);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<CallCommand>{};
    return std::optional(std::move(found->front()));
}

Param number_or_null(std::uint64_t number) {
    return number != 0 ? Param{number} : Param{nullptr};
}

}  // namespace

Result<std::uint64_t> add_command(Connection& db, const CallCommand& command) {
    const auto made = db.execute(
        "INSERT INTO call_command (is_open,source,call_id,action,asked_by,extension,target,outside,"
        "ticket_id,callback_id,idempotency_key,asked_at,due_at) VALUES (1,?,?,?,?,?,?,?,?,?,?,?,?)",
        {command.source,
         command.call_id,
         command.action,
         command.asked_by.value,
         command.extension,
         command.target,
         command.outside,
         number_or_null(command.ticket.value),
         number_or_null(command.callback),
         command.key,
         command.asked_at,
         command.due_at}
    );
    if (!made) return std::unexpected(made.error());
    return db.last_id();
}

Result<std::optional<CallCommand>> find_command(
    Connection& db, ticketing::UserId asked_by, std::string_view key
) {
    QueryText which;
    return one_command(
        db, which.add("k.asked_by=? AND k.idempotency_key=?", {asked_by.value, key})
    );
}

Result<std::optional<CallCommand>> read_command(Connection& db, std::uint64_t id) {
    QueryText which;
    return one_command(db, which.add("k.id=?", {id}));
}

Result<std::optional<CallCommand>> lock_command(Connection& db, std::uint64_t id) {
    QueryText which;
    return one_command(db, which.add("k.id=? FOR UPDATE", {id}));
}

Result<std::vector<CallCommand>> lock_commands_for_owner(
    Connection& db, std::string_view source, std::uint64_t token, int dial, std::size_t limit
) {
    // A join cannot name which of its tables to lock in both stores.
    const auto rows = db.query(
        "SELECT k.id FROM call_command k LEFT JOIN acd_call q ON q.source=k.source AND "
        "q.call_id=k.call_id WHERE k.is_open=1 AND k.source=? AND k.taken_at IS NULL AND "
        "(k.action=? OR q.token=?) ORDER BY k.id LIMIT ?",
        {source, dial, token, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Param> ids;
    for (const Row row : *rows) ids.emplace_back(row.unsigned_integer(0));
    if (ids.empty()) return std::vector<CallCommand>{};
    QueryText which;
    which.add(QueryText::in("k.id", std::move(ids)));
    which.add(" AND k.is_open=1 AND k.taken_at IS NULL ORDER BY k.id FOR UPDATE SKIP LOCKED");
    return commands_where(db, which);
}

Result<std::vector<CallCommand>> lock_commands_of(
    Connection& db, std::string_view source, Instant taken_before, std::size_t limit
) {
    QueryText which;
    which.add(
        "k.is_open=1 AND k.source=? AND (k.taken_at IS NULL OR k.taken_at<?) ORDER BY k.id LIMIT ? "
        "FOR UPDATE SKIP LOCKED",
        {source, taken_before, limit}
    );
    return commands_where(db, which);
}

Result<std::vector<CallCommand>> lock_commands_due(Connection& db, Instant now, std::size_t limit) {
    QueryText which;
    which.add(
        "k.is_open=1 AND k.due_at<=? ORDER BY k.due_at LIMIT ? FOR UPDATE SKIP LOCKED", {now, limit}
    );
    return commands_where(db, which);
}

Result<void> store_command(Connection& db, const CallCommand& command) {
    return done(db.execute(
        "UPDATE call_command SET "
        "is_open=?,call_id=?,target=?,due_at=?,taken_by=?,taken_at=?,ended_as=?,"
        "ended_at=?,fault=? WHERE id=?",
        {command.ended_as ? Param{nullptr} : Param{1},
         command.call_id,
         command.target,
         command.due_at,
         command.taken_by,
         command.taken_at,
         command.ended_as,
         command.ended_at,
         command.fault,
         command.id}
    ));
}

Result<void> hear_commander(Connection& db, const Commander& commander) {
    return done(db.execute(
        "INSERT INTO call_commander (source,actions,heard_at) VALUES (?,?,?) ON DUPLICATE KEY "
        "UPDATE "
        "actions=VALUES(actions),heard_at=GREATEST(heard_at,VALUES(heard_at))",
        {commander.source, commander.actions, commander.heard_at}
    ));
}

Result<std::vector<Commander>> list_commanders(Connection& db, Instant heard_since) {
    const auto rows = db.query(
        "SELECT source,actions,heard_at FROM call_commander WHERE heard_at>=? ORDER BY source",
        {heard_since}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Commander> found;
    for (const Row row : *rows) found.push_back({row.string(0), row.string(1), row.time(2)});
    return found;
}

Result<std::optional<SpokenCall>> find_spoken_call(
    Connection& db, std::string_view call_id, ticketing::UserId asker
) {
    const auto rows = db.query(
        "SELECT g.source,g.account_id,c.state FROM agent_standing g JOIN phone_call c ON "
        "c.source=g.source AND c.call_id=g.call_id WHERE g.call_id=? "
        "ORDER BY g.account_id=? DESC,g.account_id LIMIT 1",
        {call_id, asker.value}
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        return std::optional(
            SpokenCall{row.string(0), {row.unsigned_integer(1)}, static_cast<int>(row.integer(2))}
        );
    }
    return std::optional<SpokenCall>{};
}

}  // namespace hotline::mysql
