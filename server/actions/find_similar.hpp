#pragma once

#include "integrations/mysql/ticket_query.hpp"
#include "server/similar_appeals.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/types/actor.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace hotline::actions {

// An appeal, perhaps half told, or a ticket (then with its id).
struct SimilarAsked {
    ticketing::Ticket appeal;
    std::size_t limit = 5;
};

// An earlier or later ticket beside it.
struct SimilarTicket {
    mysql::TicketLine line;
    ticketing::similarity::Likeness likeness;
    bool same_enterprise = false;
    bool same_caller = false;
    bool duplicate = false;            // D6; else D7
    std::vector<std::string> phrases;  // what both say, in the words of the appeal
};

struct SimilarTickets {
    std::vector<SimilarTicket> items;  // duplicates first, then what is open, then the likeliest
    // Duplicates among what the asker may not know of, for who takes appeals in: somebody else will
    // join them.
    std::size_t elsewhere = 0;
};

// Who asks, and what he may know of (A4).
struct Asker {
    const ticketing::Actor& actor;
    const ticketing::Scope& scope;
};

// Candidates from the index and by the caller's number, each held against the appeal by the text
// that stands in the database now (D5 to D8).
Result<SimilarTickets> find_similar(
    mysql::Connection& db,
    const SimilarAppeals& appeals,
    const SimilarAsked& asked,
    const Asker& asker,
    ticketing::Instant now
);

}  // namespace hotline::actions
