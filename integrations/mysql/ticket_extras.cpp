#include "integrations/mysql/ticket_extras.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

namespace {

// Only what this ticket can have is looked for: each subquery costs the store as much as a small
// statement of its own, and most tickets have neither parent nor article nor call.
QueryText extras_query(const ticketing::Ticket& ticket) {
    QueryText sql;
    const auto part = [&sql](bool wanted, std::string_view text, Params values) {
        if (wanted) {
            sql.add(text, values);
        } else {
            sql.add(", NULL");
        }
    };
    sql.add(
        "SELECT (SELECT r.trace FROM ticket_route r WHERE r.ticket_id=? "
        "ORDER BY r.dispatch_no DESC LIMIT 1)",
        {ticket.id.value}
    );
    part(
        static_cast<bool>(ticket.parent),
        ", (SELECT p.number FROM ticket p WHERE p.id=?)",
        {ticket.parent.value}
    );
    part(
        static_cast<bool>(ticket.created_by),
        ", (SELECT a.name FROM account a WHERE a.id=?)",
        {ticket.created_by.value}
    );
    part(
        static_cast<bool>(ticket.article),
        ", (SELECT v.title FROM knowledge_version v WHERE v.article_id=? AND v.version=?)",
        {ticket.article.value, ticket.article_version}
    );
    part(
        !ticket.call_id.empty(),
        ", (SELECT c.score FROM phone_call c WHERE c.call_id=? AND c.score IS NOT NULL "
        "ORDER BY c.id DESC LIMIT 1)",
        {ticket.call_id}
    );
    return sql.add(", EXISTS (SELECT 1 FROM attachment f WHERE f.ticket_id=?)", {ticket.id.value});
}

}  // namespace

Result<TicketExtras> read_extras(Connection& db, const ticketing::Ticket& ticket) {
    const auto rows = extras_query(ticket).run(db);
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
