#include "integrations/mysql/source_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/scope_sql.hpp"
#include "sla/counted_months.hpp"
#include "sla/rollup_cut.hpp"

namespace hotline::mysql {
namespace {

QueryText rows_of(const SourceRange& range) {
    QueryText sql;
    const auto from = range.after ? range.after->month : sla::first_of_month(range.from);
    sql.add(
        " FROM kpi_source s JOIN ticket_facts f ON f.ticket_id=s.ticket_id "
        "WHERE s.month BETWEEN ? AND ? AND s.metrics & ? <> 0",
        {day_param(from), day_param(sla::first_of_month(range.to)), range.metrics}
    );
    if (range.unmet) sql.add(" AND s.unmet & ? <> 0", {sla::bit_of(*range.unmet)});
    if (range.after) {
        sql.add(
            " AND (s.month>? OR s.ticket_id>?)",
            {day_param(range.after->month), range.after->ticket.value}
        );
    }
    return sql;
}

// Whether the ticket `t` is in scope, as one expression.
QueryText in_scope(const ticketing::Scope& scope) {
    ScopeSql parts = scope_sql(scope);
    if (parts.grants.empty()) return std::move(QueryText().add("FALSE"));
    QueryText sql;
    sql.add("(");
    for (std::size_t i = 0; i < parts.grants.size(); ++i) {
        if (i > 0) sql.add(" OR ");
        sql.add(parts.grants[i]);
    }
    sql.add(")");
    if (!parts.bar.empty()) sql.add(" AND ").add(parts.bar);
    return sql;
}

}  // namespace

Result<std::vector<Source>> list_sources(
    Connection& db, const SourceRange& range, std::size_t limit
) {
    QueryText sql;
    sql.add("SELECT s.month, s.ticket_id, f.facts").add(rows_of(range));
    sql.add(" ORDER BY s.month, s.ticket_id LIMIT ?", {limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Source> sources;
    sources.reserve(rows->size());
    for (const Row row : *rows) {
        const auto month = day_of(row.time(0));
        sources.push_back({{month, {row.unsigned_integer(1)}}, row.string(2)});
    }
    return sources;
}

Result<std::uint64_t> count_sources(Connection& db, const SourceRange& range, std::uint64_t limit) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM (SELECT 1").add(rows_of(range));
    sql.add(" LIMIT ?) some", {limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

Result<std::map<ticketing::TicketId, SourceTicket>> read_source_tickets(
    Connection& db, std::span<const ticketing::TicketId> tickets, const ticketing::Scope& scope
) {
    std::map<ticketing::TicketId, SourceTicket> found;
    if (tickets.empty()) return found;
    std::vector<Param> keys;
    for (const auto ticket : tickets) keys.emplace_back(ticket.value);
    QueryText sql;
    sql.add("SELECT t.id, t.number, t.state, ").add(in_scope(scope)).add(" FROM ticket t WHERE ");
    sql.add(QueryText::in("t.id", std::move(keys)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        found[{row.unsigned_integer(0)}] = {
            row.string(1), static_cast<ticketing::State>(row.integer(2)), row.flag(3)
        };
    }
    return found;
}

}  // namespace hotline::mysql
