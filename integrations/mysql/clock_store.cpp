#include "integrations/mysql/clock_store.hpp"

#include <string>

namespace hotline::mysql {

using ticketing::TicketId;

Result<std::vector<StoredTicket>> lock_due_tickets(
    Connection& db, ticketing::Instant now, std::size_t limit
) {
    static const std::string sql =
        select_ticket("next_fire_at<=? ORDER BY next_fire_at LIMIT ?", true) + " SKIP LOCKED";
    const auto rows = db.query(sql, {now, limit});
    if (!rows) return std::unexpected(rows.error());
    return read_stored_rows(*rows);
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
