#include "integrations/mysql/outbox_store.hpp"

#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/ticket_row.hpp"

namespace hotline::mysql {
namespace {

std::vector<Param> ids_of(const std::vector<OutboxRow>& rows) {
    std::vector<Param> ids;
    ids.reserve(rows.size());
    for (const OutboxRow& row : rows) ids.emplace_back(row.id);
    return ids;
}

}  // namespace

Result<std::vector<OutboxRow>> take_outbox(Connection& db, const OutboxAsked& asked) {
    const auto rows = db.query(
        "SELECT id,ticket_id,attempts,seq FROM outbox WHERE id>? AND next_at<=? "
        "ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
        {asked.after, asked.now, asked.limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<OutboxRow> taken;
    taken.reserve(rows->size());
    for (const Row row : *rows) {
        const auto attempts = static_cast<unsigned>(row.integer(2)) + 1;
        const auto seq = static_cast<std::uint32_t>(row.integer(3));
        taken.push_back({row.unsigned_integer(0), {row.unsigned_integer(1)}, seq, attempts});
    }
    if (taken.empty()) return taken;
    QueryText sql;
    sql.add(
        "UPDATE outbox SET next_at=?, attempts=LEAST(attempts+1,60000) WHERE ",
        {asked.now + asked.lease}
    );
    sql.add(QueryText::in("id", ids_of(taken)));
    const auto leased = db.execute(sql.text(), sql.values());
    if (!leased) return std::unexpected(leased.error());
    return taken;
}

Result<bool> outbox_waits(Connection& db, ticketing::Instant now) {
    const auto rows = db.query("SELECT 1 FROM outbox WHERE next_at<=? LIMIT 1", {now});
    if (!rows) return std::unexpected(rows.error());
    return !rows->empty();
}

Result<std::size_t> outbox_length(Connection& db, std::size_t most) {
    const auto rows =
        db.query("SELECT COUNT(*) FROM (SELECT 1 FROM outbox LIMIT ?) waiting", {most});
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<std::vector<TicketLine>> changed_tickets(
    Connection& db, const std::vector<ticketing::TicketId>& tickets
) {
    std::vector<TicketLine> lines;
    if (tickets.empty()) return lines;
    std::vector<Param> ids;
    for (const auto ticket : tickets) ids.emplace_back(ticket.value);
    QueryText sql;
    sql.add("SELECT handle_due_at, next_due_at, next_clock, next_clock_limit, ");
    sql.add(ticket_fixed_columns).add(", ").add(ticket_moving_columns).add(" FROM ticket WHERE ");
    sql.add(QueryText::in("id", std::move(ids))).add(" ORDER BY id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    lines.reserve(rows->size());
    for (const Row row : *rows) {
        TicketLine& line = lines.emplace_back();
        line.handle_due_at = row.optional_time(0);
        line.next_due_at = row.optional_time(1);
        if (const auto kind = row.optional_integer(2)) {
            line.next_clock = static_cast<sla::ClockKind>(*kind);
        }
        if (const auto unit = row.optional_integer(3)) {
            line.next_limit = static_cast<sla::LimitUnit>(*unit);
        }
        line.ticket = read_ticket(row, 4);
    }
    return lines;
}

}  // namespace hotline::mysql
