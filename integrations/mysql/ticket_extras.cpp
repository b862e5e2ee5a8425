#include "integrations/mysql/ticket_extras.hpp"

namespace hotline::mysql {

Result<TicketExtras> read_extras(Connection& db, const ticketing::Ticket& ticket) {
    const auto rows = db.query(
        "SELECT (SELECT r.trace FROM ticket_route r WHERE r.ticket_id=? "
        "ORDER BY r.dispatch_no DESC LIMIT 1), (SELECT p.number FROM ticket p WHERE p.id=?), "
        "(SELECT a.name FROM account a WHERE a.id=?), (SELECT v.title FROM knowledge_version v "
        "WHERE v.article_id=? AND v.version=?)",
        {ticket.id.value,
         ticket.parent.value,
         ticket.created_by.value,
         ticket.article.value,
         ticket.article_version}
    );
    if (!rows) return std::unexpected(rows.error());
    const Row row = rows->front();
    auto attachments = attachments_of(db, ticket.id);
    if (!attachments) return std::unexpected(attachments.error());
    return TicketExtras{
        row.string(0), row.string(1), row.string(2), row.string(3), std::move(*attachments)
    };
}

}  // namespace hotline::mysql
