#include "integrations/mysql/ticket_query.hpp"

#include "integrations/mysql/scope_sql.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

namespace hotline::mysql {
namespace {

using ticketing::State;

// What a list shows: neither content nor appellant leave the database for it.
constexpr std::string_view line_columns =
    "t.id,t.number,t.version,t.state,t.channel,t.type,t.category,t.topic,t.title,t.urgency,"
    "t.division,t.enterprise_name,t.lead_unit_id,t.official_id,t.accepted_at,t.handle_due_at,"
    "t.next_due_at,t.next_clock,t.next_clock_limit,t.round,t.urge_count,t.needs_entry,t.hard_case,"
    "t.confidential,t.anonymous,t.risk_flags";

// Tickets without a handling limit yet are ordered by whatever is due on them, the rest last.
constexpr std::string_view due_key =
    "COALESCE(t.handle_due_at,t.next_due_at,TIMESTAMP'9999-01-01 00:00:00')";
constexpr ticketing::Instant no_due = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

constexpr std::string_view from_ticket = " FROM ticket t WHERE ";
constexpr std::string_view from_search =
    " FROM ticket_search s JOIN ticket t ON t.id=s.ticket_id WHERE ";

template <class E>
Param number(E value) {
    return Param{static_cast<std::int64_t>(value)};
}

template <class List>
std::vector<Param> numbers(const List& list) {
    std::vector<Param> values;
    for (const auto& entry : list) {
        if constexpr (std::is_enum_v<std::remove_cvref_t<decltype(entry)>>) {
            values.push_back(number(entry));
        } else {
            values.emplace_back(entry.value);
        }
    }
    return values;
}

void add_search(QueryText& where, const ticketing::SearchQuery& search) {
    if (search.terms.empty()) return;
    where.also("MATCH(s.tokens) AGAINST (? IN BOOLEAN MODE)", {search.expression});
    // The index knows pairs of characters; whether they stand together only the text knows.
    for (const std::string& term : search.terms) {
        where.add(" AND CONCAT_WS('\\n',t.title,t.content,t.result_text,t.enterprise_name) LIKE ");
        where.add_owned("?", containing(term));
    }
}

void add_people(QueryText& where, const TicketFilter& filter) {
    const auto official = filter.official.value;
    if (filter.official && filter.filed_by) {
        where.also(
            "(t.created_by=? OR t.official_id=? OR t.case_owner_id=? OR t.visiting_official_id=?)",
            {filter.filed_by.value, official, official, official}
        );
    } else if (filter.official) {
        where.also(
            "(t.official_id=? OR t.case_owner_id=? OR t.visiting_official_id=?)",
            {official, official, official}
        );
    } else if (filter.filed_by) {
        where.also("t.created_by=?", {filter.filed_by.value});
    }
    if (filter.enterprise) where.also("t.enterprise_id=?", {filter.enterprise.value});
    if (!filter.phone.empty()) where.also("t.appellant_phone=?", {filter.phone});
    if (filter.named_only) where.also("t.confidential=0 AND t.anonymous=0");
}

QueryText filters(const TicketFilter& filter, ticketing::Instant now) {
    QueryText where;
    if (!filter.number.empty()) where.also("t.number=?", {filter.number});
    add_search(where, filter.search);
    if (!filter.states.empty()) where.also(QueryText::in("t.state", numbers(filter.states)));
    if (!filter.units.empty()) where.also(QueryText::in("t.lead_unit_id", numbers(filter.units)));
    if (!filter.division.empty()) where.also("t.division=?", {filter.division});
    if (!filter.topic.empty()) where.also("t.topic=?", {filter.topic});
    if (filter.urgency) where.also("t.urgency=?", {number(*filter.urgency)});
    if (filter.type) where.also("t.type=?", {number(*filter.type)});
    if (filter.channel) where.also("t.channel=?", {number(*filter.channel)});
    if (filter.overdue) {
        where.also(
            "t.state IN (?,?,?) AND t.handle_due_at<?",
            {number(State::dispatched), number(State::handling), number(State::return_pending), now}
        );
    }
    add_people(where, filter);
    return where;
}

QueryText page_start(const TicketListing& listing) {
    QueryText where;
    if (!listing.after) return where;
    if (listing.order == TicketOrder::newest) {
        where.add("t.id<?", {listing.after->id});
        return where;
    }
    where.add("(").add(due_key).add(">? OR (", {listing.after->due}).add(due_key);
    where.add("=? AND t.id>?))", {listing.after->due, listing.after->id});
    return where;
}

std::string_view from(const TicketListing& listing) {
    return listing.filter.search.terms.empty() ? from_ticket : from_search;
}

std::string_view order_text(const TicketListing& listing) {
    return listing.order == TicketOrder::newest ? " ORDER BY id DESC" : " ORDER BY due, id";
}

// What holds for every line besides the grant.
QueryText common_conditions(const TicketListing& listing, const ScopeSql& scope, bool paged) {
    QueryText where;
    where.also(scope.bar).also(filters(listing.filter, listing.now));
    if (paged) where.also(page_start(listing));
    return where;
}

// The ids in scope, each grant by its own index; UNION takes a ticket granted twice once.
QueryText ids_text(const TicketListing& listing, bool paged, std::size_t limit) {
    const ScopeSql scope = scope_sql(listing.scope);
    QueryText sql;
    if (scope.grants.empty()) {
        sql.add("SELECT t.id, t.accepted_at AS due FROM ticket t WHERE FALSE");
        return sql;
    }
    const QueryText common = common_conditions(listing, scope, paged);
    const bool by_due = listing.order == TicketOrder::due;
    for (const QueryText& grant : scope.grants) {
        sql.add(sql.empty() ? "(SELECT t.id" : ") UNION (SELECT t.id");
        if (by_due) sql.add(",").add(due_key).add(" AS due");
        sql.add(from(listing)).add(grant);
        if (!common.empty()) sql.add(" AND ").add(common);
        if (paged) sql.add(order_text(listing));
        sql.add(" LIMIT ?", {limit});
    }
    sql.add(")");
    return sql;
}

std::optional<ticketing::Instant> handle_due(const ticketing::Ticket& ticket) {
    for (auto clock = ticket.clocks.rbegin(); clock != ticket.clocks.rend(); ++clock) {
        const bool counts =
            clock->kind == sla::ClockKind::handle && clock->state != sla::ClockState::cancelled;
        if (counts) return clock->due_at;
    }
    return std::nullopt;
}

TicketLine read_line(const Row& row) {
    TicketLine line;
    ticketing::Ticket& t = line.ticket;
    t.id = {row.unsigned_integer(0)};
    t.number = row.string(1);
    t.version = static_cast<std::uint32_t>(row.integer(2));
    t.state = static_cast<State>(row.integer(3));
    t.channel = static_cast<ticketing::Channel>(row.integer(4));
    t.type = static_cast<ticketing::AppealType>(row.integer(5));
    t.category = row.string(6);
    t.topic = row.string(7);
    t.title = row.string(8);
    t.urgency = static_cast<ticketing::Urgency>(row.integer(9));
    t.division = row.string(10);
    t.enterprise_name = row.string(11);
    t.lead_unit = {row.unsigned_integer(12)};
    t.official = {row.unsigned_integer(13)};
    t.accepted_at = row.time(14);
    line.handle_due_at = row.optional_time(15);
    line.next_due_at = row.optional_time(16);
    if (const auto kind = row.optional_integer(17)) {
        line.next_clock = static_cast<sla::ClockKind>(*kind);
    }
    if (const auto unit = row.optional_integer(18)) {
        line.next_limit = static_cast<sla::LimitUnit>(*unit);
    }
    t.round = static_cast<int>(row.integer(19));
    t.urge_count = static_cast<int>(row.integer(20));
    t.needs_entry = row.flag(21);
    t.hard_case = row.flag(22);
    t.appellant.confidential = row.flag(23);
    t.appellant.anonymous = row.flag(24);
    t.risk_flags = static_cast<std::uint32_t>(row.integer(25));
    return line;
}

}  // namespace

TicketLine line_of(const ticketing::Ticket& ticket) {
    TicketLine line;
    line.ticket = ticket;
    line.handle_due_at = handle_due(ticket);
    if (const sla::Clock* next = ticketing::next_clock(ticket)) {
        line.next_due_at = next->due_at;
        line.next_clock = next->kind;
        line.next_limit = next->limit.unit;
    }
    return line;
}

QueryText list_text(const TicketListing& listing) {
    QueryText sql;
    const bool by_due = listing.order == TicketOrder::due;
    sql.add("SELECT ").add(line_columns).add(" FROM (");
    sql.add(ids_text(listing, true, listing.limit));
    sql.add(order_text(listing)).add(" LIMIT ?", {listing.limit});
    sql.add(") p JOIN ticket t ON t.id=p.id");
    sql.add(by_due ? " ORDER BY p.due, t.id" : " ORDER BY t.id DESC");
    return sql;
}

Result<std::vector<TicketLine>> list_tickets(Connection& db, const TicketListing& listing) {
    const auto rows = list_text(listing).run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketLine> lines;
    lines.reserve(rows->size());
    for (const Row row : *rows) lines.push_back(read_line(row));
    return lines;
}

TicketPlace place_of(const TicketLine& line) {
    const auto due = line.handle_due_at ? line.handle_due_at : line.next_due_at;
    return {line.ticket.id.value, due.value_or(no_due)};
}

QueryText count_text(const TicketListing& listing, std::size_t most) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM (");
    sql.add(ids_text(listing, false, most)).add(" LIMIT ?", {most}).add(") p");
    return sql;
}

Result<std::size_t> count_tickets(Connection& db, const TicketListing& listing, std::size_t most) {
    const auto rows = count_text(listing, most).run(db);
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

QueryText counts_text(const TicketListing& listing) {
    const ScopeSql scope = scope_sql(listing.scope);
    QueryText sql;
    if (scope.grants.empty()) {
        sql.add("SELECT 0, 0, 0 FROM ticket WHERE FALSE");
        return sql;
    }
    const QueryText common = common_conditions(listing, scope, false);
    const bool several = scope.grants.size() > 1;
    sql.add("SELECT x.state, COUNT(*), SUM(x.state IN (?,?,?) AND x.handle_due_at<?) FROM ");
    QueryText with_values;
    with_values.add(
        sql.text(),
        {number(State::dispatched),
         number(State::handling),
         number(State::return_pending),
         listing.now}
    );
    for (std::size_t i = 0; i < scope.grants.size(); ++i) {
        with_values.add(i == 0 ? "((SELECT " : ") UNION (SELECT ");
        with_values.add(several ? "t.id, t.state, t.handle_due_at" : "t.state, t.handle_due_at");
        with_values.add(from(listing)).add(scope.grants[i]);
        if (!common.empty()) with_values.add(" AND ").add(common);
    }
    with_values.add(")) x GROUP BY x.state");
    return with_values;
}

Result<TicketCounts> count_by_state(Connection& db, const TicketListing& listing) {
    const auto rows = counts_text(listing).run(db);
    if (!rows) return std::unexpected(rows.error());
    TicketCounts counts;
    for (const Row row : *rows) {
        const auto state = static_cast<std::size_t>(row.integer(0));
        if (state < counts.by_state.size()) counts.by_state[state] = row.unsigned_integer(1);
        counts.overdue += row.unsigned_integer(2);
    }
    return counts;
}

}  // namespace hotline::mysql
