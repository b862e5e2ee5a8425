#pragma once

// The statements behind ticket_query, private to it: which tickets a list holds and in what order.

#include "integrations/mysql/scope_sql.hpp"
#include "integrations/mysql/ticket_query.hpp"

namespace hotline::mysql {

template <class E>
Param number(E value) {
    return Param{static_cast<std::int64_t>(value)};
}

// What a statement does about the words searched for: asks the full-text index, or leaves them to
// whoever reads on.
enum class Words { by_index, ignored };

// FROM and WHERE of a list; tickets are `t`, the full-text index, if it is asked, `s`.
std::string_view from(const TicketListing& listing, Words words);
// Of the columns `id` and `due` that ids_text selects.
std::string_view order_text(const TicketListing& listing);

// What holds for every line besides the grant. `paged`: only what comes after listing.after.
QueryText common_conditions(
    const TicketListing& listing, const ScopeSql& scope, bool paged, Words words
);

// The ids in scope (and their due key when the list is ordered by it), each grant by its own index;
// UNION takes a ticket granted twice once. Paged ones are not in order as a whole: the caller
// orders and cuts once more.
QueryText ids_text(const TicketListing& listing, bool paged, std::size_t limit, Words words);

// The words searched for, tried on a row itself (`t` and its ticket_search `s`), exactly as the
// index would: a word the index does not hold, as a telephone number, is not found in the text.
QueryText read_words(const ticketing::SearchQuery& search);

}  // namespace hotline::mysql
