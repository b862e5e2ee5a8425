#include "integrations/mysql/ticket_query.hpp"

#include "integrations/mysql/scope_sql.hpp"
#include "integrations/mysql/ticket_list_sql.hpp"
#include "integrations/mysql/ticket_search.hpp"
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
constexpr std::string_view text_columns = ",t.content,COALESCE(t.result_text,'')";
constexpr std::size_t first_text = 26;

TicketLine read_line(const Row& row, bool with_texts) {
    TicketLine line;
    if (with_texts) line.texts = {row.string(first_text), row.string(first_text + 1)};
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

Result<std::size_t> count_one(Connection& db, const TicketListing& listing, std::size_t most) {
    const auto rows = count_text(listing, most).run(db);
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<void> add_counts(Connection& db, const TicketListing& listing, TicketCounts& counts) {
    const auto rows = counts_text(listing).run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        const auto state = static_cast<std::size_t>(row.integer(0));
        if (state < counts.by_state.size()) counts.by_state[state] += row.unsigned_integer(1);
        counts.overdue += row.unsigned_integer(2);
    }
    return {};
}

}  // namespace

Result<std::vector<TicketLine>> lines_of(Connection& db, const TicketListing& listing) {
    const auto rows = list_text(listing).run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<TicketLine> lines;
    lines.reserve(rows->size());
    for (const Row row : *rows) lines.push_back(read_line(row, listing.with_texts));
    return lines;
}

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
    sql.add("SELECT ").add(line_columns).add(listing.with_texts ? text_columns : "");
    // Tickets that were named are looked at one by one; of others the ids are found first, by what
    // their indexes tell.
    if (!listing.among.empty()) return sql.add(rows_among(listing));
    const bool by_due = listing.order == TicketOrder::due;
    sql.add(" FROM (").add(ids_text(listing, true, listing.limit));
    sql.add(order_text(listing)).add(" LIMIT ?", {listing.limit});
    sql.add(") p JOIN ticket t ON t.id=p.id");
    sql.add(by_due ? " ORDER BY p.due, t.id" : " ORDER BY t.id DESC");
    return sql;
}

Result<std::vector<TicketLine>> list_tickets(Connection& db, const TicketListing& listing) {
    if (listing.filter.searches()) return search_tickets(db, listing);
    return lines_of(db, listing);
}

TicketPlace place_of(const TicketLine& line) {
    const auto due = line.handle_due_at ? line.handle_due_at : line.next_due_at;
    return {line.ticket.id.value, due.value_or(no_due)};
}

Result<std::vector<std::uint64_t>> ids_in_scope(
    Connection& db, const ticketing::Scope& scope, std::span<const std::uint64_t> ids
) {
    std::vector<std::uint64_t> found;
    const TicketFilter filter;
    while (!ids.empty()) {
        const auto some = ids.first(std::min(ids.size(), SearchWalk::block));
        ids = ids.subspan(some.size());
        TicketListing listing{.scope = scope, .filter = filter, .after = {}, .now = {}};
        listing.among.assign(some.begin(), some.end());
        const auto rows = ids_text(listing, false, some.size()).run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) found.push_back(row.unsigned_integer(0));
    }
    std::ranges::sort(found);
    return found;
}

QueryText count_text(const TicketListing& listing, std::size_t most) {
    QueryText sql;
    sql.add("SELECT COUNT(*) FROM (");
    sql.add(ids_text(listing, false, most)).add(" LIMIT ?", {most}).add(") p");
    return sql;
}

Result<std::size_t> count_tickets(Connection& db, const TicketListing& listing, std::size_t most) {
    if (!listing.filter.searches()) return count_one(db, listing, most);
    std::size_t count = 0;
    const auto take = [&](const TicketListing& block) -> Result<bool> {
        const auto more = count_one(db, block, most - count);
        if (!more) return std::unexpected(more.error());
        count += *more;
        return count < most;
    };
    const auto done = for_each_block(db, listing, take);
    if (!done) return std::unexpected(done.error());
    return count;
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
        with_values.add(" FROM ticket t WHERE ").add(scope.grants[i]);
        if (!common.empty()) with_values.add(" AND ").add(common);
    }
    with_values.add(")) x GROUP BY x.state");
    return with_values;
}

Result<TicketCounts> count_by_state(Connection& db, const TicketListing& listing) {
    TicketCounts counts;
    const auto take = [&](const TicketListing& block) -> Result<bool> {
        if (auto added = add_counts(db, block, counts); !added) {
            return std::unexpected(added.error());
        }
        return true;
    };
    if (listing.filter.searches()) {
        const auto done = for_each_block(db, listing, take);
        if (!done) return std::unexpected(done.error());
    } else if (const auto taken = take(listing); !taken) {
        return std::unexpected(taken.error());
    }
    return counts;
}

}  // namespace hotline::mysql
