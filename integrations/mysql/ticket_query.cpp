#include "integrations/mysql/ticket_query.hpp"

#include "integrations/mysql/scope_sql.hpp"
#include "integrations/mysql/ticket_list_sql.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::State;

constexpr ticketing::Instant no_due = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

// What a list shows: neither content nor appellant leave the database for it.
constexpr std::string_view line_columns =
    "t.id,t.number,t.version,t.state,t.channel,t.type,t.category,t.topic,t.title,t.urgency,"
    "t.division,t.enterprise_name,t.lead_unit_id,t.official_id,t.accepted_at,t.handle_due_at,"
    "t.next_due_at,t.next_clock,t.next_clock_limit,t.round,t.urge_count,t.needs_entry,t.hard_case,"
    "t.confidential,t.anonymous,t.risk_flags";

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

Result<std::vector<TicketLine>> lines_of(Connection& db, const QueryText& sql) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketLine> lines;
    lines.reserve(rows->size());
    for (const Row row : *rows) lines.push_back(read_line(row));
    return lines;
}

// The lines with the words among the first `window` of the list without them.
QueryText reading_text(const TicketListing& listing, std::size_t window) {
    QueryText sql;
    sql.add("SELECT STRAIGHT_JOIN ").add(line_columns).add(" FROM (");
    sql.add(ids_text(listing, true, window, Words::ignored));
    sql.add(order_text(listing)).add(" LIMIT ?", {window});
    sql.add(") p JOIN ticket t ON t.id=p.id JOIN ticket_search s ON s.ticket_id=t.id WHERE ");
    sql.add(read_words(listing.filter.search));
    sql.add(listing.order == TicketOrder::due ? " ORDER BY p.due, t.id" : " ORDER BY t.id DESC");
    sql.add(" LIMIT ?", {listing.limit});
    return sql;
}

// Where such a window ends; nothing when the list is over before it.
Result<std::optional<TicketPlace>> window_end(
    Connection& db, const TicketListing& listing, std::size_t window
) {
    QueryText sql;
    sql.add("SELECT * FROM (");
    sql.add(ids_text(listing, true, window, Words::ignored));
    sql.add(order_text(listing)).add(" LIMIT ?", {window});
    sql.add(") p").add(order_text(listing)).add(" LIMIT 1 OFFSET ?", {window - 1});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    TicketPlace place{.id = rows->front().unsigned_integer(0)};
    if (listing.order == TicketOrder::due) place.due = rows->front().time(1);
    return place;
}

// The full-text index gathers all that have a word before it gives the first. A word that many have
// is soon found by reading along the list; one that few have, only by the index.
constexpr std::size_t first_window = 300;
constexpr std::size_t longest_window = 5'000;
constexpr std::size_t frequent = 3;  // of the first window

Result<std::vector<TicketLine>> search_tickets(Connection& db, TicketListing listing) {
    const std::size_t wanted = listing.limit;
    std::vector<TicketLine> found;
    const auto take = [&](const QueryText& sql) -> Result<void> {
        auto lines = lines_of(db, sql);
        if (!lines) return std::unexpected(lines.error());
        std::ranges::move(*lines, std::back_inserter(found));
        listing.limit = wanted - found.size();
        return {};
    };
    for (std::size_t window = first_window; window > 0;) {
        if (auto done = take(reading_text(listing, window)); !done) {
            return std::unexpected(done.error());
        }
        if (found.size() == wanted) return found;
        const auto end = window_end(db, listing, window);
        if (!end) return std::unexpected(end.error());
        if (!*end) return found;
        listing.after = **end;
        const bool go_on = window == first_window && found.size() >= frequent;
        const std::size_t enough = go_on ? window * 3 * wanted / (2 * found.size()) : 0;
        window = std::min(enough, longest_window);
    }
    if (auto done = take(list_text(listing)); !done) return std::unexpected(done.error());
    return found;
}

}  // namespace

TicketLine line_of(const ticketing::Ticket& ticket) {
    TicketLine line;
    line.ticket = ticket;
    line.handle_due_at = ticketing::handling_due(ticket);
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
    sql.add(ids_text(listing, true, listing.limit, Words::by_index));
    sql.add(order_text(listing)).add(" LIMIT ?", {listing.limit});
    sql.add(") p JOIN ticket t ON t.id=p.id");
    sql.add(by_due ? " ORDER BY p.due, t.id" : " ORDER BY t.id DESC");
    return sql;
}

Result<std::vector<TicketLine>> list_tickets(Connection& db, const TicketListing& listing) {
    if (!listing.filter.search.terms.empty()) return search_tickets(db, listing);
    return lines_of(db, list_text(listing));
}

TicketPlace place_of(const TicketLine& line) {
    const auto due = line.handle_due_at ? line.handle_due_at : line.next_due_at;
    return {line.ticket.id.value, due.value_or(no_due)};
}

QueryText count_text(const TicketListing& listing, std::size_t most) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM (");
    sql.add(ids_text(listing, false, most, Words::by_index)).add(" LIMIT ?", {most}).add(") p");
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
    const QueryText common = common_conditions(listing, scope, false, Words::by_index);
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
        with_values.add(from(listing, Words::by_index)).add(scope.grants[i]);
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
