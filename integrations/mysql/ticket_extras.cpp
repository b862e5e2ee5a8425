#include "integrations/mysql/ticket_extras.hpp"

namespace hotline::mysql {

Result<TicketExtras> read_extras(Connection& db, const ticketing::Ticket& ticket) {
    const auto rows = db.query(
        "SELECT (SELECT r.trace FROM ticket_route r WHERE r.ticket_id=? "
        "ORDER BY r.dispatch_no DESC LIMIT 1), (SELECT p.number FROM ticket p WHERE p.id=?), "
        "(SELECT a.name FROM account a WHERE a.id=?), (SELECT v.title FROM knowledge_version v "
        "WHERE v.article_id=? AND v.version=?), (SELECT c.score FROM phone_call c "
        "WHERE c.call_id=? AND c.call_id<>'' AND c.score IS NOT NULL ORDER BY c.id DESC LIMIT 1), "
        "EXISTS (SELECT 1 FROM attachment f WHERE f.ticket_id=?)",
        {ticket.id.value,
         ticket.parent.value,
         ticket.created_by.value,
         ticket.article.value,
         ticket.article_version,
         ticket.call_id,
         ticket.id.value}
    );
    if (!rows) return std::unexpected(rows.error());
    const Row row = rows->front();
    TicketExtras extras{row.string(0), row.string(1), row.string(2), row.string(3), {}, {}, {}};
    if (row.flag(5)) {
        auto attachments = attachments_of(db, ticket.id);
        if (!attachments) return std::unexpected(attachments.error());
        extras.attachments = std::move(*attachments);
    }
    if (const auto score = row.optional_integer(4)) extras.call_score = static_cast<int>(*score);
    if (!ticket.call_id.empty()) {
        auto calls = list_calls(db, {.call_id = ticket.call_id, .limit = 1});
        if (!calls) return std::unexpected(calls.error());
        if (!calls->empty()) extras.call = std::move(calls->front());
    }
    return extras;
}

}  // namespace hotline::mysql
