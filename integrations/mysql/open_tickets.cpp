#include "integrations/mysql/open_tickets.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/types/state.hpp"

#include <algorithm>
#include <string>

namespace hotline::mysql {
namespace {

using ticketing::State;
using ticketing::TicketId;

std::vector<Param> keys(std::span<const TicketId> tickets) {
    std::vector<Param> values;
    values.reserve(tickets.size());
    for (const TicketId id : tickets) values.emplace_back(id.value);
    return values;
}

}  // namespace

Result<std::uint64_t> count_open_tickets(Connection& db) {
    std::vector<Param> states;
    for (const State state : ticketing::unfinished_states())
        states.emplace_back(static_cast<int>(state));
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM ticket WHERE ").add(QueryText::in("state", std::move(states)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

// State by state, so that each part is read off the index (state, id) and no ticket that is closed
// is looked at.
Result<std::vector<TicketId>> open_tickets(Connection& db, TicketId after, std::size_t limit) {
    QueryText sql;
    sql.add("SELECT id FROM (");
    for (const State state : ticketing::unfinished_states()) {
        sql.add(sql.values().empty() ? "" : " UNION ALL ");
        sql.add(
            "(SELECT id FROM ticket WHERE state=? AND id>? ORDER BY id LIMIT ?)",
            {static_cast<int>(state), after.value, limit}
        );
    }
    sql.add(") open ORDER BY id LIMIT ?", {limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketId> ids;
    ids.reserve(rows->size());
    for (const Row row : *rows) ids.push_back({row.unsigned_integer(0)});
    return ids;
}

Result<std::vector<StoredTicket>> read_tickets(
    Connection& db, std::span<const TicketId> tickets, bool lock
) {
    if (tickets.empty()) return std::vector<StoredTicket>{};
    const QueryText which = QueryText::in("id", keys(tickets));
    const auto rows = db.query(select_ticket(which.text() + " ORDER BY id", lock), which.values());
    if (!rows) return std::unexpected(rows.error());
    return read_stored_rows(*rows);
}

}  // namespace hotline::mysql
