#include "integrations/mysql/ticket_list_sql.hpp"

#include "integrations/mysql/kpi_store.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/chrono.h>

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::State;

// Tickets without a handling limit yet are ordered by whatever is due on them, the rest last.
constexpr std::string_view due_key =
    "COALESCE(t.handle_due_at,t.next_due_at,TIMESTAMP'9999-01-01 00:00:00')";

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

// The index knows pairs of characters; whether they stand together only the text knows.
QueryText terms_text(const TicketFilter& filter) {
    QueryText where;
    for (const std::string& term : filter.search.terms) {
        const std::string pattern = containing(term);
        where.also("(t.title LIKE ").add_owned("?", pattern);
        where.add(" OR t.content LIKE ").add_owned("?", pattern);
        where.add(" OR t.result_text LIKE ").add_owned("?", pattern);
        where.add(" OR (t.enterprise_name LIKE ").add_owned("?", pattern);
        where.add(filter.firms_open_only ? " AND t.confidential=0 AND t.anonymous=0))" : "))");
    }
    return where;
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
    if (filter.person) {
        const auto& [kind, number] = filter.person->number;
        const bool phone = kind == ticketing::PersonNumber::Kind::phone;
        where.also(phone ? "t.appellant_phone=?" : "t.uscc=?", {number});
    }
    if (filter.named_only) where.also("t.confidential=0 AND t.anonymous=0");
}

// As texts: they are part of a question that is remembered, and instants are not.
void add_days(QueryText& where, const TicketFilter& filter) {
    const auto midnight = [](sla::LocalDay day) {
        const auto at = std::chrono::system_clock::to_time_t(sla::at_local(day, {}));
        return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(at));
    };
    if (filter.accepted_from) {
        where.also("t.accepted_at>=").add_owned("?", midnight(*filter.accepted_from));
    }
    if (filter.accepted_to) {
        const auto next = *filter.accepted_to + std::chrono::days{1};
        where.also("t.accepted_at<").add_owned("?", midnight(next));
    }
}

// What the board's pictures of now are made of (S46, S48).
void add_board(QueryText& where, const TicketFilter& filter, ticketing::Instant now) {
    if (filter.in_hand) {
        where.also(QueryText::in("t.state", numbers(std::span<const State>(states_in_hand))));
        where.also("t.type<>?", {number(ticketing::AppealType::praise)});
    }
    if (filter.natural) {
        const auto clockwise = number(sla::LimitUnit::natural_minutes);
        where.also(
            *filter.natural ? "t.handle_limit=?" : "COALESCE(t.handle_limit,0)<>?", {clockwise}
        );
    }
    if (filter.desk && *filter.desk) where.also("t.lead_unit_id=?", {filter.desk->value});
    if (filter.desk && !*filter.desk) where.also("t.lead_unit_id IS NULL");
    if (filter.handler) where.also("t.official_id=?", {filter.handler.value});
    if (filter.due_today) {
        const auto tomorrow = sla::local_day(now) + std::chrono::days{1};
        where.also(
            "t.state IN (?,?,?) AND t.handle_due_at>=? AND t.handle_due_at<?",
            {number(State::dispatched),
             number(State::handling),
             number(State::return_pending),
             now,
             sla::at_local(tomorrow, {})}
        );
    }
}

QueryText filters(const TicketFilter& filter, ticketing::Instant now) {
    QueryText where;
    if (!filter.number.empty()) {
        // The number holds the id, and only that has an index.
        const auto number = ticketing::parse_ticket_number(filter.number);
        where.also("t.id=? AND t.number=?", {number ? number->serial : 0, filter.number});
    }
    where.also(terms_text(filter));
    if (!filter.states.empty()) where.also(QueryText::in("t.state", numbers(filter.states)));
    if (!filter.units.empty()) where.also(QueryText::in("t.lead_unit_id", numbers(filter.units)));
    if (!filter.division.empty()) where.also("t.division=?", {filter.division});
    if (!filter.topic.empty()) where.also("t.topic=?", {filter.topic});
    if (filter.urgency) where.also("t.urgency=?", {number(*filter.urgency)});
    if (filter.type) where.also("t.type=?", {number(*filter.type)});
    if (filter.channel) where.also("t.channel=?", {number(*filter.channel)});
    if (!filter.awaited.empty()) {
        where.also("t.state=?", {number(State::handling)});
        where.also("EXISTS (SELECT 1 FROM ticket_co_unit h WHERE h.ticket_id=t.id AND ");
        where.add(QueryText::in("h.unit_id", numbers(filter.awaited)));
        where.add(" AND FIND_IN_SET(h.unit_id,t.co_answered)=0)");
    }
    if (!filter.charged.empty()) {
        where.also("EXISTS (SELECT 1 FROM ticket_charge p WHERE p.ticket_id=t.id AND ");
        where.add("p.waited_for=1 AND ");
        where.add(QueryText::in("p.unit_id", numbers(filter.charged))).add(")");
    }
    if (filter.hard_case) where.also("t.hard_case=1");
    if (filter.overdue) {
        where.also(
            "t.state IN (?,?,?) AND t.handle_due_at<?",
            {number(State::dispatched), number(State::handling), number(State::return_pending), now}
        );
    }
    add_board(where, filter, now);
    add_days(where, filter);
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

}  // namespace

std::string_view order_text(const TicketListing& listing) {
    return listing.order == TicketOrder::newest ? " ORDER BY id DESC" : " ORDER BY due, id";
}

QueryText common_conditions(const TicketListing& listing, const ScopeSql& scope, bool paged) {
    QueryText where;
    where.also(scope.bar);
    if (!listing.among.empty()) {
        std::vector<Param> ids(listing.among.begin(), listing.among.end());
        where.also(QueryText::in("t.id", std::move(ids)));
    }
    where.also(filters(listing.filter, listing.now));
    if (paged) where.also(page_start(listing));
    return where;
}

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
        sql.add(" FROM ticket t WHERE ").add(grant);
        if (!common.empty()) sql.add(" AND ").add(common);
        if (paged) sql.add(order_text(listing));
        sql.add(" LIMIT ?", {limit});
    }
    sql.add(")");
    return sql;
}

QueryText rows_among(const TicketListing& listing) {
    const ScopeSql scope = scope_sql(listing.scope);
    QueryText sql;
    sql.add(" FROM ticket t WHERE (");
    if (scope.grants.empty()) sql.add("FALSE");
    for (std::size_t i = 0; i < scope.grants.size(); ++i) {
        sql.add(i == 0 ? "(" : " OR (").add(scope.grants[i]).add(")");
    }
    sql.add(") AND ").add(common_conditions(listing, scope, true)).add(" ORDER BY ");
    if (listing.order == TicketOrder::due) {
        sql.add(due_key).add(", t.id");
    } else {
        sql.add("t.id DESC");
    }
    return sql.add(" LIMIT ?", {listing.limit});
}

}  // namespace hotline::mysql
