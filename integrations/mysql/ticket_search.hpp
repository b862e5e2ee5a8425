#pragma once

// Lists narrowed by what the indexes of words and numbers found; private to ticket_query.

#include "integrations/mysql/person_keys.hpp"
#include "integrations/mysql/search_index.hpp"
#include "integrations/mysql/ticket_query.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace hotline::mysql {

// The answer to list_text(listing).
Result<std::vector<TicketLine>> lines_of(Connection& db, const TicketListing& listing);

// When a search asks the filters first instead of going through all that has the words, and when
// words are so common that it looks at whatever passes the filters.
struct SearchPatience {
    std::size_t blocks = 8;         // newest first: these are most likely the page already
    std::size_t blocks_by_due = 3;  // a page by due dates needs all of them
    std::uint64_t common = 8;       // one ticket in so many
};

// The first lines of a listing that searches, in its order; the same with any patience.
Result<std::vector<TicketLine>> search_tickets(
    Connection& db, const TicketListing& listing, const SearchPatience& patience = {}
);

// The tickets of a person, newest first, a block at a time. With his number there are words at
// most to look for in what is his.
class PersonWalk {
public:
    PersonWalk(const PersonWanted& person, std::uint64_t below) : person_(person), below_(below) {}

    Result<std::vector<std::uint64_t>> next(Connection& db) {
        auto found = tickets_of_person(db, person_.key, below_, SearchWalk::block);
        if (found && !found->empty()) below_ = found->back();
        return found;
    }

private:
    const PersonWanted& person_;
    std::uint64_t below_;
};

inline constexpr std::size_t all_blocks = std::numeric_limits<std::size_t>::max();

// Calls `take` with the listing narrowed to one block after the other of the walk, until it wants
// no more. False: it would have wanted more than so many.
template <class Walk, class Take>
Result<bool> walk_blocks(
    Connection& db, Walk& walk, TicketListing listing, Take& take, std::size_t most = all_blocks
) {
    for (std::size_t blocks = 0; blocks < most; ++blocks) {
        auto found = walk.next(db);
        if (!found) return std::unexpected(found.error());
        if (found->empty()) return true;
        listing.among = std::move(*found);
        const Result<bool> more = take(listing);
        if (!more) return std::unexpected(more.error());
        if (!*more) return true;
    }
    return false;
}

// Where a walk for the page begins.
inline std::uint64_t below_of(const TicketListing& listing) {
    const bool paged = listing.order == TicketOrder::newest && listing.after;
    return paged ? listing.after->id : std::numeric_limits<std::uint64_t>::max();
}

// Everything the indexes found for the person or the words, block by block.
template <class Take>
Result<bool> for_each_block(Connection& db, const TicketListing& listing, Take take) {
    const TicketFilter& filter = listing.filter;
    if (filter.person) {
        PersonWalk walk(*filter.person, below_of(listing));
        return walk_blocks(db, walk, listing, take);
    }
    if (filter.search.wanted.empty()) return true;
    SearchWalk walk(filter.search.wanted, below_of(listing));
    return walk_blocks(db, walk, listing, take);
}

}  // namespace hotline::mysql
