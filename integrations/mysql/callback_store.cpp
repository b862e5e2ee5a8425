#include "integrations/mysql/callback_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view callback_columns =
    "k.id,k.number,k.missed,k.first_missed_at,k.last_missed_at,k.last_call,k.enterprise_id,"
    "k.tries,k.last_try_at,k.next_at,k.claimed_by,k.claimed_until,k.ended_as,k.ended_at,k.ended_by";
constexpr std::size_t callback_column_count = 15;

Callback read_callback(const Row& row) {
    Callback callback;
    callback.id = row.unsigned_integer(0);
    callback.number = row.string(1);
    callback.missed = static_cast<int>(row.integer(2));
    callback.first_missed_at = row.time(3);
    callback.last_missed_at = row.time(4);
    callback.last_call = row.unsigned_integer(5);
    callback.enterprise = {row.unsigned_integer(6)};
    callback.tries = static_cast<int>(row.integer(7));
    callback.last_try_at = row.optional_time(8);
    callback.next_at = row.time(9);
    callback.claimed_by = {row.unsigned_integer(10)};
    callback.claimed_until = row.optional_time(11);
    if (const auto end = row.optional_integer(12)) callback.ended_as = static_cast<int>(*end);
    callback.ended_at = row.optional_time(13);
    callback.ended_by = {row.unsigned_integer(14)};
    return callback;
}

template <class Id>
Param id_or_nothing(Id id) {
    return id ? Param{id.value} : Param{nullptr};
}

Result<std::vector<Callback>> locked_callbacks(Connection& db, const QueryText& from) {
    QueryText sql;
    sql.add("SELECT ").add(callback_columns).add(from).add(" FOR UPDATE");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Callback> found;
    for (const Row row : *rows) found.push_back(read_callback(row));
    return found;
}

Result<std::optional<Callback>> locked_one(Connection& db, std::string_view from, Params values) {
    QueryText text;
    text.add(from, values);
    auto found = locked_callbacks(db, text);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<Callback>{};
    return std::optional(std::move(found->front()));
}

Result<void> add_tries(Connection& db, std::vector<CallbackLine>& lines) {
    std::vector<Param> ids;
    for (const auto& line : lines) {
        if (line.callback.tries > 0) ids.emplace_back(line.callback.id);
    }
    if (ids.empty()) return {};
    QueryText sql;
    sql.add(
        "SELECT y.callback_id,y.try_no,y.at,y.user_id,y.outcome,y.note,COALESCE(a.name,'') "
        "FROM callback_try y LEFT JOIN account a ON a.id=y.user_id WHERE "
    );
    sql.add(QueryText::in("y.callback_id", std::move(ids)));
    sql.add(" ORDER BY y.callback_id,y.try_no");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        CallbackTry one;
        one.callback = row.unsigned_integer(0);
        one.number = static_cast<int>(row.integer(1));
        one.at = row.time(2);
        one.user = {row.unsigned_integer(3)};
        one.outcome = static_cast<int>(row.integer(4));
        one.note = row.string(5);
        one.user_name = row.string(6);
        for (auto& line : lines) {
            if (line.callback.id == one.callback) line.tries.push_back(one);
        }
    }
    return {};
}

}  // namespace

Result<std::optional<Callback>> lock_callback(Connection& db, std::uint64_t id) {
    return locked_one(db, " FROM callback k WHERE k.id=?", {id});
}

Result<std::optional<Callback>> lock_waiting_callback(Connection& db, std::string_view number) {
    return locked_one(db, " FROM callback k WHERE k.number=? AND k.is_open=1", {number});
}

Result<std::optional<Callback>> lock_callback_of_call(Connection& db, std::uint64_t call) {
    return locked_one(
        db, " FROM callback_call c JOIN callback k ON k.id=c.callback_id WHERE c.call_id=?", {call}
    );
}

Result<bool> spoken_since(Connection& db, std::string_view number, ticketing::Instant after) {
    const auto rows = db.query(
        "SELECT EXISTS(SELECT 1 FROM phone_call c WHERE c.ani=? AND c.answered_at>?) OR "
        "EXISTS(SELECT 1 FROM phone_call c WHERE c.dnis=? AND c.answered_at>?)",
        {number, after, number, after}
    );
    if (!rows) return std::unexpected(rows.error());
    return rows->front().flag(0);
}

Result<void> add_missed_call(Connection& db, const MissedCall& missed, ticketing::Instant due) {
    const auto made = db.execute(
        "INSERT INTO callback (number,is_open,missed,first_missed_at,last_missed_at,last_call,"
        "enterprise_id,next_at) VALUES (?,1,1,?,?,?,?,?) ON DUPLICATE KEY UPDATE "
        "id=LAST_INSERT_ID(id),missed=missed+1,"
        "last_call=IF(VALUES(last_missed_at)>=last_missed_at,VALUES(last_call),last_call),"
        "first_missed_at=LEAST(first_missed_at,VALUES(first_missed_at)),"
        "last_missed_at=GREATEST(last_missed_at,VALUES(last_missed_at)),"
        "enterprise_id=COALESCE(VALUES(enterprise_id),enterprise_id),"
        "next_at=LEAST(next_at,VALUES(next_at))",
        {missed.number, missed.at, missed.at, missed.call, id_or_nothing(missed.enterprise), due}
    );
    if (!made) return std::unexpected(made.error());
    const auto counted = db.execute(
        "INSERT INTO callback_call (call_id,callback_id) VALUES (?,?)", {missed.call, db.last_id()}
    );
    if (!counted) return std::unexpected(counted.error());
    return {};
}

Result<void> forget_missed_call(Connection& db, std::uint64_t call) {
    const auto gone = db.execute("DELETE FROM callback_call WHERE call_id=?", {call});
    if (!gone) return std::unexpected(gone.error());
    return {};
}

Result<void> store_callback(Connection& db, const Callback& callback) {
    const auto done = db.execute(
        "UPDATE callback SET is_open=?,missed=?,tries=?,last_try_at=?,next_at=?,claimed_by=?,"
        "claimed_until=?,ended_as=?,ended_at=?,ended_by=? WHERE id=?",
        {callback.ended_as ? Param{nullptr} : Param{1},
         callback.missed,
         callback.tries,
         callback.last_try_at,
         callback.next_at,
         id_or_nothing(callback.claimed_by),
         callback.claimed_until,
         callback.ended_as,
         callback.ended_at,
         id_or_nothing(callback.ended_by),
         callback.id}
    );
    if (!done) return std::unexpected(done.error());
    if (!callback.ended_as) return {};
    const auto seen = db.execute("DELETE FROM callback_seen WHERE callback_id=?", {callback.id});
    if (!seen) return std::unexpected(seen.error());
    return {};
}

Result<std::vector<Callback>> lock_callbacks_of_calls(
    Connection& db, const std::vector<std::string>& call_ids
) {
    if (call_ids.empty()) return std::vector<Callback>{};
    QueryText from;
    from.add(
        " FROM phone_call p JOIN callback_call c ON c.call_id=p.id "
        "JOIN callback k ON k.id=c.callback_id WHERE k.is_open=1"
    );
    from.also(QueryText::in("p.call_id", {call_ids.begin(), call_ids.end()}));
    return locked_callbacks(db, from);
}

Result<void> add_callback_try(Connection& db, const CallbackTry& one) {
    const auto made = db.execute(
        "INSERT INTO callback_try (callback_id,try_no,at,user_id,outcome,note,idempotency_key) "
        "VALUES (?,?,?,?,?,?,?)",
        {one.callback, one.number, one.at, one.user.value, one.outcome, one.note, one.key}
    );
    if (!made) return std::unexpected(made.error());
    return {};
}

Result<std::optional<CallbackTry>> find_callback_try(
    Connection& db, std::uint64_t callback, ticketing::UserId user, std::string_view key
) {
    const auto rows = db.query(
        "SELECT try_no,at,outcome,note FROM callback_try WHERE callback_id=? AND user_id=? AND "
        "idempotency_key=?",
        {callback, user.value, key}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<CallbackTry>{};
    const Row row = rows->front();
    CallbackTry one;
    one.callback = callback;
    one.number = static_cast<int>(row.integer(0));
    one.at = row.time(1);
    one.user = user;
    one.outcome = static_cast<int>(row.integer(2));
    one.note = row.string(3);
    one.key = key;
    return std::optional(std::move(one));
}

// Of entries that wait only: what ended is nobody's news.
Result<void> see_callbacks(
    Connection& db, ticketing::UserId user, std::span<const SeenCallback> seen
) {
    for (const SeenCallback& one : seen) {
        const auto noted = db.execute(
            "INSERT INTO callback_seen (account_id,callback_id,missed) "
            "SELECT ?,k.id,LEAST(k.missed,?) FROM callback k WHERE k.id=? AND k.is_open=1 "
            "ON DUPLICATE KEY UPDATE missed=GREATEST(callback_seen.missed,VALUES(missed))",
            {user.value, one.missed, one.callback}
        );
        if (!noted) return std::unexpected(noted.error());
    }
    return {};
}

Result<std::vector<CallbackLine>> list_callbacks(Connection& db, const CallbackListing& listing) {
    QueryText sql;
    sql.add("SELECT ").add(callback_columns);
    sql.add(
        ",COALESCE(s.missed>=k.missed,0),COALESCE(e.name,''),COALESCE(b.name,''),"
        "COALESCE(d.name,''),COALESCE(p.call_id,''),COALESCE(p.queue,''),"
        "COALESCE((SELECT t.number FROM callback_call c JOIN phone_call q ON q.id=c.call_id "
        "JOIN ticket t ON t.call_id=q.call_id WHERE c.callback_id=k.id "
        "ORDER BY t.id DESC LIMIT 1),'') FROM callback k "
        "LEFT JOIN callback_seen s ON s.account_id=? AND s.callback_id=k.id "
        "LEFT JOIN enterprise e ON e.id=k.enterprise_id "
        "LEFT JOIN account b ON b.id=k.claimed_by LEFT JOIN account d ON d.id=k.ended_by "
        "LEFT JOIN phone_call p ON p.id=k.last_call WHERE ",
        {listing.asker.value}
    );
    if (listing.id != 0) {
        sql.add("k.id=?", {listing.id});
    } else if (listing.waiting) {
        sql.add("k.is_open=1 ORDER BY k.next_at,k.id LIMIT ?", {listing.limit});
    } else {
        sql.add(
            "k.ended_at IS NOT NULL ORDER BY k.ended_at DESC,k.id DESC LIMIT ?", {listing.limit}
        );
    }
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<CallbackLine> lines;
    for (const Row row : *rows) {
        CallbackLine line;
        line.callback = read_callback(row);
        line.seen = row.flag(callback_column_count);
        line.enterprise_name = row.string(callback_column_count + 1);
        line.claimed_by_name = row.string(callback_column_count + 2);
        line.ended_by_name = row.string(callback_column_count + 3);
        line.call_id = row.string(callback_column_count + 4);
        line.queue = row.string(callback_column_count + 5);
        line.ticket_no = row.string(callback_column_count + 6);
        lines.push_back(std::move(line));
    }
    if (auto done = add_tries(db, lines); !done) return std::unexpected(done.error());
    return lines;
}

Result<CallbackCounts> count_callbacks(
    Connection& db, ticketing::UserId asker, ticketing::Instant now
) {
    const auto rows = db.query(
        "SELECT COUNT(*),"
        "COUNT(CASE WHEN k.next_at<=? AND (k.claimed_until IS NULL OR k.claimed_until<=?) "
        "THEN 1 END),COUNT(CASE WHEN s.missed IS NULL OR s.missed<k.missed THEN 1 END) "
        "FROM callback k LEFT JOIN callback_seen s ON s.account_id=? AND s.callback_id=k.id "
        "WHERE k.is_open=1",
        {now, now, asker.value}
    );
    if (!rows) return std::unexpected(rows.error());
    const Row row = rows->front();
    return CallbackCounts{
        row.unsigned_integer(0), row.unsigned_integer(1), row.unsigned_integer(2)
    };
}

}  // namespace hotline::mysql
