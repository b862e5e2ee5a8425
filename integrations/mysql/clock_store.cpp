#include "integrations/mysql/clock_store.hpp"

#include <string>

namespace hotline::mysql {

using ticketing::TicketId;

namespace {

Result<std::vector<TicketId>> ids(Connection& db, std::string_view sql, Params params) {
    const auto rows = db.query(sql, params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketId> found;
    found.reserve(rows->size());
    for (const Row row : *rows) found.push_back({row.unsigned_integer(0)});
    return found;
}

}  // namespace

Result<std::vector<TicketId>> due_tickets(
    Connection& db, ticketing::Instant now, std::size_t limit
) {
    return ids(
        db,
        "SELECT id FROM ticket WHERE next_fire_at<=? ORDER BY next_fire_at LIMIT ?",
        {now, limit}
    );
}

Result<std::vector<TicketId>> lock_free_tickets(
    Connection& db, const std::vector<TicketId>& tickets
) {
    if (tickets.empty()) return std::vector<TicketId>{};
    // Padded to a power of two with NULL, so that few different statements have to be prepared.
    std::vector<Param> values;
    for (const TicketId id : tickets) values.emplace_back(id.value);
    std::size_t places = 1;
    while (places < values.size()) places *= 2;
    values.resize(places, Param{nullptr});
    std::string sql = "SELECT id FROM ticket WHERE id IN (?";
    for (std::size_t i = 1; i < places; ++i) sql += ",?";
    return ids(db, sql + ") ORDER BY id FOR UPDATE SKIP LOCKED", values);
}

Result<void> forget_due(
    Connection& db,
    TicketId ticket,
    ticketing::Instant due_by,
    std::optional<ticketing::Instant> next
) {
    const auto done = db.execute(
        "UPDATE ticket SET next_fire_at=? WHERE id=? AND next_fire_at<=?",
        {next, ticket.value, due_by}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> beat(Connection& db, std::string_view name, ticketing::Instant now) {
    const auto done = db.execute(
        "INSERT INTO heartbeat (name, at) VALUES (?,?) ON DUPLICATE KEY UPDATE at=VALUES(at)",
        {name, now}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace hotline::mysql
