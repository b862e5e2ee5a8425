#include "integrations/mysql/recording_store.hpp"

#include "integrations/mysql/call_tickets.hpp"
#include "integrations/mysql/done.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/types/state.hpp"

#include <algorithm>
#include <array>

namespace hotline::mysql {
namespace {

using ticketing::Digest;

// Of telephony::RecordingState.
constexpr int at_exchange = 1;
constexpr int kept = 2;
constexpr int lost = 4;

constexpr int merged_state = static_cast<int>(ticketing::State::merged);

constexpr std::string_view recording_columns =
    "r.phone_call_id,r.source,r.place,r.state,r.recorded_at,r.keep_until,r.next_try_at,r.tries,"
    "r.fault,r.digest,r.sealed_key,r.bytes,r.seconds,r.fetched_at,r.deleted_at";
constexpr std::size_t recording_width = 15;

Recording recording_of(const Row& row) {
    Recording recording;
    recording.call = row.unsigned_integer(0);
    recording.source = row.string(1);
    recording.place = row.string(2);
    recording.state = static_cast<int>(row.integer(3));
    recording.recorded_at = row.time(4);
    recording.keep_until = row.optional_time(5);
    recording.next_try_at = row.optional_time(6);
    recording.tries = static_cast<int>(row.integer(7));
    recording.fault = row.string(8);
    if (!row.null(9)) {
        const std::string_view stored = row.text(9);
        std::copy_n(
            stored.begin(),
            std::min(stored.size(), recording.digest.emplace().size()),
            recording.digest->begin()
        );
    }
    recording.sealed_key = row.string(10);
    recording.bytes = row.unsigned_integer(11);
    recording.seconds = row.optional_integer(12);
    recording.fetched_at = row.optional_time(13);
    recording.deleted_at = row.optional_time(14);
    return recording;
}

std::string_view chars_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

QueryText select_recording() {
    QueryText sql;
    sql.add("SELECT ").add(recording_columns).add(" FROM call_recording r WHERE ");
    return sql;
}

std::vector<Param> params_of_states(const std::vector<int>& states) {
    return {states.begin(), states.end()};
}

// T48: states of a ticket after which nobody argues about it any more. Of a merged one the other
// tells, which may be merged in its turn: then the recording stays.
std::vector<int> settled_ticket_states() {
    using enum ticketing::State;
    std::vector<int> states;
    for (const auto state : {archived, declined, withdrawn}) {
        states.push_back(static_cast<int>(state));
    }
    return states;
}

}  // namespace

Result<void> note_recording(
    Connection& db,
    std::string_view source,
    std::string_view call_id,
    std::string_view place,
    ticketing::Instant recorded_at
) {
    return done(db.execute(
        "INSERT INTO call_recording (phone_call_id,source,place,state,recorded_at,next_try_at) "
        "SELECT c.id,c.source,?,?,?,? FROM phone_call c WHERE c.source=? AND c.call_id=? "
        "ON DUPLICATE KEY UPDATE place=call_recording.place",
        {place, at_exchange, recorded_at, recorded_at, source, call_id}
    ));
}

Result<std::optional<Recording>> take_recording(Connection& db, const RecordingsDue& due) {
    QueryText sql = select_recording();
    sql.add("r.next_try_at<=? AND r.source=?", {due.now, due.source});
    sql.add(" AND EXISTS (SELECT 1 FROM phone_call c WHERE c.id=r.phone_call_id AND ");
    sql.add(QueryText::in("c.state", params_of_states(due.over)));
    sql.add(
        " AND COALESCE(c.ended_at,r.recorded_at)<=?) ORDER BY r.next_try_at LIMIT 1 "
        "FOR UPDATE SKIP LOCKED",
        {due.settled_before}
    );
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<Recording>();
    Recording taken = recording_of(rows->front());
    taken.tries = std::min(taken.tries + 1, 10'000);
    const auto leased = db.execute(
        "UPDATE call_recording SET next_try_at=?,tries=? WHERE phone_call_id=?",
        {due.now + due.lease, taken.tries, taken.call}
    );
    if (!leased) return std::unexpected(leased.error());
    return std::optional(std::move(taken));
}

Result<bool> settle_recording(Connection& db, const Recording& recording, int from) {
    const auto changed = db.execute(
        "UPDATE call_recording SET state=?,keep_until=?,next_try_at=?,tries=?,fault=?,digest=?,"
        "sealed_key=?,bytes=?,seconds=?,fetched_at=?,deleted_at=? WHERE phone_call_id=? AND "
        "state=?",
        {recording.state,
         recording.keep_until,
         recording.next_try_at,
         recording.tries,
         std::string_view(recording.fault).substr(0, 100),
         recording.digest ? Param{chars_of(*recording.digest)} : Param{nullptr},
         recording.sealed_key,
         recording.bytes,
         recording.seconds,
         recording.fetched_at,
         recording.deleted_at,
         recording.call,
         from}
    );
    if (!changed) return std::unexpected(changed.error());
    return *changed > 0;
}

Result<std::vector<RecordedCallKnown>> recorded_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    std::vector<RecordedCallKnown> known;
    if (call_ids.empty()) return known;
    QueryText sql;
    sql.add(
        "SELECT c.call_id,c.state,c.ended_at,r.state,r.phone_call_id IS NOT NULL AND "
        "r.next_try_at IS NULL FROM phone_call c LEFT JOIN call_recording r ON "
        "r.phone_call_id=c.id WHERE c.source=?",
        {source}
    );
    sql.also(QueryText::in("c.call_id", {call_ids.begin(), call_ids.end()}));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        RecordedCallKnown& one = known.emplace_back();
        one.call_id = row.string(0);
        one.call_state = static_cast<int>(row.integer(1));
        one.ended_at = row.optional_time(2);
        if (const auto state = row.optional_integer(3)) one.state = static_cast<int>(*state);
        one.settled = row.flag(4);
    }
    return known;
}

Result<void> look_at_recording_again(
    Connection& db, std::string_view source, std::string_view call_id, ticketing::Instant now
) {
    return done(db.execute(
        "UPDATE call_recording SET next_try_at=? WHERE next_try_at IS NULL AND phone_call_id="
        "(SELECT c.id FROM phone_call c WHERE c.source=? AND c.call_id=?)",
        {now, source, call_id}
    ));
}

Result<std::optional<RecordingOfCall>> find_recording(Connection& db, std::uint64_t call) {
    QueryText sql;
    sql.add("SELECT ").add(recording_columns);
    sql.add(",c.call_id,c.agent_user_id,").add(call_has_ticket).add(",").add(call_is_hidden);
    sql.add(
        " FROM call_recording r JOIN phone_call c ON c.id=r.phone_call_id WHERE r.phone_call_id=?",
        {call}
    );
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<RecordingOfCall>();
    const Row row = rows->front();
    RecordingOfCall found;
    found.recording = recording_of(row);
    found.call_id = row.string(recording_width);
    found.agent = {row.unsigned_integer(recording_width + 1)};
    found.filed = row.flag(recording_width + 2);
    found.hidden = row.flag(recording_width + 3);
    return std::optional(std::move(found));
}

Result<std::vector<Recording>> expired_recordings(
    Connection& db, ticketing::Instant now, std::size_t limit
) {
    const auto settled = settled_ticket_states();
    // No ticket of the call, filed with it or called from, is open; nor the one it was merged into.
    const auto none_open = [&settled](std::string_view tickets_of_call) {
        QueryText sql;
        sql.add(" AND NOT EXISTS (SELECT 1 FROM phone_call c ").add(tickets_of_call);
        sql.add(" LEFT JOIN ticket p ON t.state=? AND p.id=t.parent_id", {merged_state});
        sql.add(" WHERE c.id=r.phone_call_id AND c.call_id<>'' AND NOT (");
        return sql.add(QueryText::in("COALESCE(p.state,t.state)", params_of_states(settled)))
            .add("))");
    };
    QueryText sql = select_recording();
    sql.add("r.state=? AND r.keep_until<=?", {kept, now});
    sql.add(none_open("JOIN ticket t ON t.call_id=c.call_id"));
    sql.add(none_open(
        "JOIN call_command k ON k.source=c.source AND k.call_id=c.call_id JOIN ticket t ON "
        "t.id=k.ticket_id"
    ));
    sql.add(" ORDER BY r.keep_until LIMIT ? FOR UPDATE", {static_cast<std::uint64_t>(limit)});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Recording> expired;
    for (const Row row : *rows) expired.push_back(recording_of(row));
    return expired;
}

Result<std::uint64_t> keep_recordings_for(
    Connection& db, std::chrono::days keep, std::size_t limit
) {
    const auto days = static_cast<std::int64_t>(keep.count());
    return db.execute(
        "UPDATE call_recording SET keep_until=recorded_at + INTERVAL ? DAY WHERE state=? AND "
        "keep_until<>recorded_at + INTERVAL ? DAY LIMIT ?",
        {days, kept, days, static_cast<std::uint64_t>(limit)}
    );
}

Result<bool> is_recording(Connection& db, const Digest& digest) {
    const auto rows = db.query("SELECT 1 FROM call_recording WHERE digest=?", {chars_of(digest)});
    if (!rows) return std::unexpected(rows.error());
    return !rows->empty();
}

Result<void> for_each_kept_recording(Connection& db, const RecordingSink& sink) {
    const std::string sql = "SELECT " + std::string(recording_columns) +
                            " FROM call_recording r WHERE r.state=? ORDER BY r.keep_until";
    return db.for_each(sql, {kept}, [&sink](const Row& row) {
        sink(recording_of(row));
        return true;
    });
}

Result<RecordingCounts> count_recordings(Connection& db, ticketing::Instant overdue_before) {
    const auto rows = db.query(
        "SELECT COUNT(*),"
        "COALESCE(SUM(recorded_at<?),0),(SELECT COUNT(*) FROM call_recording WHERE state=?),"
        "COALESCE(MIN(CASE WHEN recorded_at<? THEN phone_call_id END),0) FROM call_recording "
        "WHERE state=?",
        {overdue_before, lost, overdue_before, at_exchange}
    );
    if (!rows) return std::unexpected(rows.error());
    const Row row = rows->front();
    return RecordingCounts{
        row.unsigned_integer(0),
        row.unsigned_integer(1),
        row.unsigned_integer(2),
        row.unsigned_integer(3)
    };
}

}  // namespace hotline::mysql
