#include "integrations/mysql/clock_store.hpp"

namespace hotline::mysql {

using ticketing::TicketId;

Result<std::vector<TicketId>> lock_due_tickets(
    Connection& db, ticketing::Instant now, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT id FROM ticket WHERE next_fire_at<=? ORDER BY next_fire_at LIMIT ? "
        "FOR UPDATE SKIP LOCKED",
        {now, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketId> due;
    due.reserve(rows->size());
    for (const Row row : *rows) due.push_back({row.unsigned_integer(0)});
    return due;
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
