#pragma once

// The statements behind ticket_query, private to it: which tickets a list holds and in what order.

#include "integrations/mysql/scope_sql.hpp"
#include "integrations/mysql/ticket_query.hpp"

namespace hotline::mysql {

template <class E>
Param number(E value) {
    return Param{static_cast<std::int64_t>(value)};
}

// Of the columns `id` and `due` that ids_text selects.
std::string_view order_text(const TicketListing& listing);

// What holds for every line besides the grant; tickets are `t`. `paged`: only what comes after
// listing.after.
QueryText common_conditions(const TicketListing& listing, const ScopeSql& scope, bool paged);

// The ids in scope (and their due key when the list is ordered by it), each grant by its own index;
// UNION takes a ticket granted twice once. Paged ones are not in order as a whole: the caller
// orders and cuts once more.
QueryText ids_text(const TicketListing& listing, bool paged, std::size_t limit);

// " FROM ticket t WHERE … ORDER BY … LIMIT …": the first of listing.among that are in scope and
// pass, in order.
QueryText rows_among(const TicketListing& listing);

}  // namespace hotline::mysql
