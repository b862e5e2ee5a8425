#include "integrations/mysql/published_tickets.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/ticket_number.hpp"

namespace hotline::mysql {
namespace {

using ticketing::AppealType;
using ticketing::PublishedTicket;
using ticketing::State;

template <class E>
Param enum_param(E value) {
    return Param{static_cast<std::int64_t>(value)};
}

// ticketing::is_published as SQL; a test holds the two against each other.
QueryText published_ones() {
    QueryText where;
    where.add(
        "t.confidential=0 AND t.needs_entry=0 AND t.complained_unit_id IS NULL "
        "AND t.type NOT IN (?,?) AND t.state NOT IN (?,?)",
        {enum_param(AppealType::complaint),
         enum_param(AppealType::report),
         enum_param(State::draft),
         enum_param(State::withdrawn)}
    );
    return where;
}

QueryText select_published() {
    QueryText sql;
    sql.add(
        "SELECT t.id, t.number, t.state, t.topic, t.category, t.division, t.lead_unit_id, "
        "t.accepted_at, COALESCE(e.at, t.accepted_at), t.handle_due_at FROM ticket t "
        "LEFT JOIN ticket_event e ON e.ticket_id=t.id AND e.seq=t.last_seq WHERE "
    );
    return sql.add(published_ones());
}

Result<std::vector<PublishedTicket>> read_published(Connection& db, const QueryText& sql) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<PublishedTicket> tickets;
    tickets.reserve(rows->size());
    for (const Row row : *rows) {
        PublishedTicket& ticket = tickets.emplace_back();
        ticket.id = {row.unsigned_integer(0)};
        ticket.number = row.string(1);
        ticket.state = static_cast<State>(row.integer(2));
        ticket.topic = row.string(3);
        ticket.category = row.string(4);
        ticket.division = row.string(5);
        ticket.lead_unit = {row.unsigned_integer(6)};
        ticket.accepted_at = row.time(7);
        ticket.changed_at = row.time(8);
        ticket.due_at = row.optional_time(9);
    }
    return tickets;
}

// The number holds the id (W1); of what was given out twice, the ticket's own number is the other.
// Empty when none of them is a number.
Result<QueryText> these(Connection& db, std::span<const std::string> numbers) {
    std::vector<Param> ids;
    std::vector<Param> texts;
    QueryText where;
    for (const std::string& number : numbers) {
        const auto parsed = ticketing::parse_ticket_number(number);
        if (!parsed) continue;
        ids.emplace_back(parsed->serial);
        texts.emplace_back(number);
    }
    if (texts.empty()) return where;
    QueryText sql;
    sql.add("SELECT ticket_id FROM ticket_alias WHERE ").add(QueryText::in("number", texts));
    const auto aliases = sql.run(db);
    if (!aliases) return std::unexpected(aliases.error());
    where.add("((").add(QueryText::in("t.id", std::move(ids)));
    where.add(" AND ").add(QueryText::in("t.number", std::move(texts))).add(")");
    std::vector<Param> others;
    for (const Row row : *aliases) others.emplace_back(row.unsigned_integer(0));
    if (!others.empty()) where.add(" OR ").add(QueryText::in("t.id", std::move(others)));
    return where.add(")");
}

}  // namespace

Result<std::vector<PublishedTicket>> list_published(
    Connection& db, const PublishedFilter& filter, std::size_t limit
) {
    QueryText sql = select_published();
    sql.add(" AND t.accepted_at>=? AND t.accepted_at<=?", {filter.from, filter.to});
    if (!filter.topics.empty()) {
        sql.add(" AND ").add(QueryText::in("t.topic", {filter.topics.begin(), filter.topics.end()})
        );
    }
    std::vector<Param> states;
    for (const State state : filter.states) states.push_back(enum_param(state));
    if (!states.empty()) sql.add(" AND ").add(QueryText::in("t.state", std::move(states)));
    sql.add(" ORDER BY t.id DESC LIMIT ?", {limit});
    return read_published(db, sql);
}

Result<std::vector<PublishedTicket>> published_by_number(
    Connection& db, std::span<const std::string> numbers
) {
    std::vector<PublishedTicket> tickets;
    const auto take = [&](std::span<const std::string> some) -> Result<void> {
        const auto wanted = these(db, some);
        if (!wanted) return std::unexpected(wanted.error());
        if (wanted->empty()) return {};
        QueryText sql = select_published();
        sql.add(" AND ").add(*wanted).add(" ORDER BY t.id DESC");
        auto found = read_published(db, sql);
        if (!found) return std::unexpected(found.error());
        std::ranges::move(*found, std::back_inserter(tickets));
        return {};
    };
    if (const auto done = in_parts(numbers, take); !done) return std::unexpected(done.error());
    return tickets;
}

}  // namespace hotline::mysql
