#include "integrations/mysql/call_detail_store.hpp"

#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/query_text.hpp"

#include <iterator>

namespace hotline::mysql {
namespace {

using std::chrono::milliseconds;
using ticketing::Instant;

constexpr std::string_view told_columns =
    "SELECT call_id,state,answered_at,ended_at FROM phone_call WHERE source=?";

Result<std::vector<ToldCall>> read_told(Connection& db, const QueryText& sql) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<ToldCall> calls;
    for (const Row row : *rows) {
        calls.push_back(
            {row.string(0),
             static_cast<int>(row.integer(1)),
             row.optional_time(2),
             row.optional_time(3)}
        );
    }
    return calls;
}

Param milliseconds_or_null(const std::optional<milliseconds>& span) {
    return span ? Param{span->count()} : Param{nullptr};
}

std::optional<milliseconds> optional_span(const Row& row, std::size_t column) {
    const auto count = row.optional_integer(column);
    return count ? std::optional(milliseconds(*count)) : std::nullopt;
}

}  // namespace

Result<std::vector<ToldCall>> told_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    std::vector<ToldCall> calls;
    const auto take = [&](std::span<const std::string> some) -> Result<void> {
        QueryText sql;
        sql.add(told_columns, {source});
        sql.also(QueryText::in("call_id", {some.begin(), some.end()}));
        auto found = read_told(db, sql);
        if (!found) return std::unexpected(found.error());
        std::ranges::move(*found, std::back_inserter(calls));
        return {};
    };
    const auto done = in_parts<std::string>(call_ids, take);
    if (!done) return std::unexpected(done.error());
    return calls;
}

Result<std::vector<ToldCall>> told_calls_ended(
    Connection& db, std::string_view source, Instant begun_from, Instant from, Instant until
) {
    QueryText sql;
    sql.add(told_columns, {source});
    sql.also("offered_at>=? AND offered_at<?", {begun_from, until});
    sql.also("ended_at>=? AND ended_at<?", {from, until});
    return read_told(db, sql);
}

Result<std::uint64_t> keep_detail_list(Connection& db, const CallDetailList& list) {
    const auto done = db.execute(
        "INSERT INTO call_detail_list (source,from_at,until_at,told_at,told) VALUES (?,?,?,?,?) ON "
        "DUPLICATE KEY UPDATE told_at=VALUES(told_at),told=VALUES(told)",
        {list.source, list.from, list.until, list.told_at, list.told}
    );
    if (!done) return std::unexpected(done.error());
    const auto rows = db.query(
        "SELECT id FROM call_detail_list WHERE source=? AND from_at=? AND until_at=?",
        {list.source, list.from, list.until}
    );
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

Result<void> replace_differences(
    Connection& db,
    std::uint64_t list,
    const std::vector<int>& kept_kinds,
    const std::vector<CallDetailDifference>& differences
) {
    QueryText sql;
    sql.add("DELETE FROM call_detail_difference WHERE list_id=?", {list});
    for (const int kind : kept_kinds) sql.also("kind<>?", {kind});
    const auto gone = db.execute(sql.text(), sql.values());
    if (!gone) return std::unexpected(gone.error());
    // What was taken up from the first telling is no difference in the second, and stays told.
    InsertBatch batch(
        "call_detail_difference",
        "list_id, call_id, kind, ours_ms, theirs_ms",
        "ON DUPLICATE KEY UPDATE list_id=list_id"
    );
    for (const CallDetailDifference& one : differences) {
        batch.add(
            {list,
             one.call_id,
             one.kind,
             milliseconds_or_null(one.ours),
             milliseconds_or_null(one.theirs)}
        );
    }
    if (batch.empty()) return {};
    const auto made = db.insert(batch);
    if (!made) return std::unexpected(made.error());
    return {};
}

Result<std::vector<CallDetailList>> read_detail_lists(Connection& db, std::size_t limit) {
    const auto rows = db.query(
        "SELECT id,source,from_at,until_at,told_at,told,(SELECT COUNT(*) FROM "
        "call_detail_difference d WHERE d.list_id=l.id) FROM call_detail_list l ORDER BY until_at "
        "DESC,id DESC LIMIT ?",
        {limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<CallDetailList> lists;
    for (const Row row : *rows) {
        lists.push_back(
            {row.unsigned_integer(0),
             row.string(1),
             row.time(2),
             row.time(3),
             row.time(4),
             row.unsigned_integer(5),
             row.unsigned_integer(6)}
        );
    }
    return lists;
}

Result<std::vector<CallDetailDifference>> read_differences(
    Connection& db, std::uint64_t list, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT list_id,call_id,kind,ours_ms,theirs_ms FROM call_detail_difference WHERE list_id=? "
        "ORDER BY kind DESC,call_id LIMIT ?",
        {list, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<CallDetailDifference> differences;
    for (const Row row : *rows) {
        differences.push_back(
            {row.unsigned_integer(0),
             row.string(1),
             static_cast<int>(row.integer(2)),
             optional_span(row, 3),
             optional_span(row, 4)}
        );
    }
    return differences;
}

Result<std::vector<DetailsTold>> details_told(Connection& db, Instant since) {
    const auto rows = db.query(
        "SELECT source,MAX(until_at) FROM call_detail_list WHERE told_at>=? GROUP BY source ORDER "
        "BY source",
        {since}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<DetailsTold> told;
    for (const Row row : *rows) told.push_back({row.string(0), row.time(1)});
    return told;
}

Result<DifferenceCount> count_differences(Connection& db, int kind, Instant since) {
    const auto rows = db.query(
        "SELECT COUNT(*),COALESCE(MIN(d.call_id),'') FROM call_detail_difference d JOIN "
        "call_detail_list l ON l.id=d.list_id WHERE d.kind=? AND l.until_at>=?",
        {kind, since}
    );
    if (!rows) return std::unexpected(rows.error());
    return DifferenceCount{rows->front().unsigned_integer(0), rows->front().string(1)};
}

}  // namespace hotline::mysql
