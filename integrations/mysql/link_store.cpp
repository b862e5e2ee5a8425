#include "integrations/mysql/link_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

Result<void> beat_link(Connection& db, std::string_view source, ticketing::Instant now) {
    const auto done = db.execute(
        "INSERT INTO cti_link (source,heard_at) VALUES (?,?) ON DUPLICATE KEY UPDATE "
        "heard_at=GREATEST(heard_at,VALUES(heard_at))",
        {source, now}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> hear_link(Connection& db, std::string_view source, ticketing::Instant now) {
    const auto done = db.execute(
        "UPDATE cti_link SET heard_at=? WHERE source=? AND heard_at<?", {now, source, now}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::vector<CtiLink>> list_links(Connection& db, ticketing::Instant heard_since) {
    const auto rows = db.query(
        "SELECT source,heard_at FROM cti_link WHERE heard_at>=? ORDER BY source", {heard_since}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<CtiLink> links;
    for (const Row row : *rows) links.push_back({row.string(0), row.time(1)});
    return links;
}

Result<std::vector<LiveCall>> calls_going_on(
    Connection& db,
    std::string_view source,
    const std::vector<int>& states,
    ticketing::Instant begun_by,
    std::size_t limit
) {
    QueryText sql;
    sql.add("SELECT id,call_id FROM phone_call WHERE source=?", {source});
    sql.also(QueryText::in("state", {states.begin(), states.end()}));
    sql.also(
        "COALESCE(answered_at,ringing_at,queued_at,offered_at)<=? ORDER BY id LIMIT ?",
        {begun_by, limit}
    );
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<LiveCall> calls;
    for (const Row row : *rows) calls.push_back({row.unsigned_integer(0), row.string(1)});
    return calls;
}

}  // namespace hotline::mysql
