#include "integrations/mysql/ticket_search.hpp"

#include "integrations/mysql/ticket_list_sql.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace hotline::mysql {
namespace {

bool before(const TicketPlace& a, const TicketPlace& b) {
    return a.due != b.due ? a.due < b.due : a.id < b.id;
}

bool earlier(const TicketListing& listing, const TicketLine& a, const TicketLine& b) {
    const auto x = place_of(a);
    const auto y = place_of(b);
    return listing.order == TicketOrder::newest ? x.id > y.id : before(x, y);
}

// What the index found for the words, less what is known not to pass the filters (by id).
class NarrowedWalk {
public:
    NarrowedWalk(SearchWalk walk, const std::vector<TicketPlace>& passing)
        : walk_(walk), passing_(passing) {}

    Result<std::vector<std::uint64_t>> next(Connection& db) {
        while (ready_.size() < SearchWalk::block && !ended_) {
            const auto found = walk_.next(db);
            if (!found) return std::unexpected(found.error());
            ended_ = found->empty();
            for (const auto id : *found) {
                if (std::ranges::binary_search(passing_, id, {}, &TicketPlace::id))
                    ready_.push_back(id);
            }
        }
        const auto count = static_cast<std::ptrdiff_t>(std::min(ready_.size(), SearchWalk::block));
        std::vector<std::uint64_t> block(ready_.begin(), ready_.begin() + count);
        ready_.erase(ready_.begin(), ready_.begin() + count);
        return block;
    }

private:
    SearchWalk walk_;
    const std::vector<TicketPlace>& passing_;
    std::vector<std::uint64_t> ready_;
    bool ended_ = false;
};

// The first of the lines of all blocks, in order.
class FirstLines {
public:
    explicit FirstLines(const TicketListing& listing) : listing_(listing) {}

    Result<bool> take(Connection& db, const TicketListing& block) {
        auto lines = lines_of(db, block);
        if (!lines) return std::unexpected(lines.error());
        const auto middle = static_cast<std::ptrdiff_t>(found.size());
        std::ranges::move(*lines, std::back_inserter(found));
        std::ranges::inplace_merge(
            found,
            found.begin() + middle,
            [&](const auto& a, const auto& b) { return earlier(listing_, a, b); }
        );
        if (found.size() > listing_.limit) found.resize(listing_.limit);
        // Of the blocks only ids fall from one to the next.
        return found.size() < listing_.limit || listing_.order != TicketOrder::newest;
    }

    // Nothing that is due from here on would be among the first.
    bool complete_before(const TicketPlace& place) const {
        return found.size() == listing_.limit && before(place_of(found.back()), place);
    }

    std::vector<TicketLine> found;

private:
    const TicketListing& listing_;
};

// What an index alone can tell of the filters; the others are asked of the rows that are left.
TicketFilter told_by_index(const TicketFilter& filter) {
    TicketFilter told;
    told.states = filter.states;
    told.units = filter.units;
    told.division = filter.division;
    told.official = filter.official;
    told.filed_by = filter.filed_by;
    told.enterprise = filter.enterprise;
    told.accepted_from = filter.accepted_from;
    told.accepted_to = filter.accepted_to;
    if (told.accepted_from || told.accepted_to) told.type = filter.type;
    return told;
}

// Which tickets pass the filters whatever they say, as far as an index can tell, by id; nothing
// when it cannot or when they are too many to be worth it. When they are due is told where the
// order asks for it.
Result<std::optional<std::vector<TicketPlace>>> passing_filters(
    Connection& db, const TicketListing& listing
) {
    constexpr std::size_t too_many = 32'768;  // of a million: one in thirty
    const TicketFilter filter = told_by_index(listing.filter);
    const bool indexed = !listing.scope.everything || filter != TicketFilter{};
    if (!indexed) return std::nullopt;
    const TicketListing any{
        .scope = listing.scope,
        .filter = filter,
        .order = listing.order,
        .after = {},
        .now = listing.now
    };
    const auto rows = ids_text(any, false, too_many).run(db);
    if (!rows) return std::unexpected(rows.error());
    if (rows->size() >= too_many) return std::nullopt;
    const bool by_due = listing.order == TicketOrder::due;
    std::vector<TicketPlace> places;
    places.reserve(rows->size());
    for (const Row row : *rows) {
        TicketPlace place{.id = row.unsigned_integer(0)};
        if (by_due) place.due = row.time(1);
        places.push_back(place);
    }
    std::ranges::sort(places, {}, &TicketPlace::id);
    return places;
}

// Looks at the tickets in the order in which they are due and stops with the last line of the page:
// blocks of the index come newest first, and each of them would have to be looked at.
Result<void> search_by_due(
    Connection& db, TicketListing listing, std::vector<TicketPlace> places, FirstLines& lines
) {
    constexpr std::size_t block = 128;
    std::ranges::sort(places, before);
    auto next = places.begin();
    if (listing.after) next = std::ranges::upper_bound(places, *listing.after, before);
    while (next != places.end() && !lines.complete_before(*next)) {
        const auto left = static_cast<std::size_t>(places.end() - next);
        const auto end = next + static_cast<std::ptrdiff_t>(std::min(block, left));
        listing.among.clear();
        for (; next != end; ++next) listing.among.push_back(next->id);
        const auto more = lines.take(db, listing);
        if (!more) return std::unexpected(more.error());
    }
    return {};
}

// Those of `places` (by id) that the index knows to have the words.
Result<std::vector<TicketPlace>> having_words(
    Connection& db, const TicketListing& listing, const std::vector<TicketPlace>& places
) {
    NarrowedWalk walk(SearchWalk(listing.filter.search.wanted, below_of(listing)), places);
    std::vector<TicketPlace> having;
    while (true) {
        const auto found = walk.next(db);
        if (!found) return std::unexpected(found.error());
        if (found->empty()) return having;
        for (const auto id : *found) {
            having.push_back(*std::ranges::lower_bound(places, id, {}, &TicketPlace::id));
        }
    }
}

// Goes through what has the words, newest first. Where that is much and the filters let little of
// it through, they are asked first.
class WordSearch {
public:
    WordSearch(Connection& db, const TicketListing& listing, const SearchPatience& patience)
        : db_(db),
          listing_(listing),
          patience_(patience),
          by_due_(listing.order == TicketOrder::due),
          walk_(listing.filter.search.wanted, below_of(listing)),
          lines_(listing) {}

    Result<std::vector<TicketLine>> run() {
        auto ended = walk_blocks(
            db_, walk_, listing_, *this, by_due_ ? patience_.blocks_by_due : patience_.blocks
        );
        if (!ended) return std::unexpected(ended.error());
        if (!*ended) {
            auto rest = go_on();
            if (!rest) return std::unexpected(rest.error());
        }
        return std::move(lines_.found);
    }

    // What a walk has found.
    Result<bool> operator()(const TicketListing& block) {
        if (newest_ == 0) newest_ = block.among.front();
        oldest_ = block.among.back();
        seen_ += block.among.size();
        return lines_.take(db_, block);
    }

private:
    Result<void> go_on() {
        auto passing = passing_filters(db_, listing_);
        if (!passing) return std::unexpected(passing.error());
        Result<bool> ended = true;
        if (!*passing) {
            ended = walk_blocks(db_, walk_, listing_, *this);
        } else if (by_due_) {
            return in_due_order(std::move(**passing));
        } else {
            NarrowedWalk narrowed(walk_, **passing);
            ended = walk_blocks(db_, narrowed, listing_, *this);
        }
        if (!ended) return std::unexpected(ended.error());
        return {};
    }

    // Where most tickets have the words, asking the index for all that have them is in vain.
    Result<void> in_due_order(std::vector<TicketPlace> places) {
        if (seen_ * patience_.common < newest_ - oldest_) {
            auto having = having_words(db_, listing_, places);
            if (!having) return std::unexpected(having.error());
            places = std::move(*having);
        }
        lines_.found.clear();
        return search_by_due(db_, listing_, std::move(places), lines_);
    }

    Connection& db_;
    const TicketListing& listing_;
    const SearchPatience& patience_;
    bool by_due_;
    SearchWalk walk_;
    FirstLines lines_;
    std::uint64_t newest_ = 0;
    std::uint64_t oldest_ = 0;
    std::uint64_t seen_ = 0;
};

}  // namespace

Result<std::vector<TicketLine>> search_tickets(
    Connection& db, const TicketListing& listing, const SearchPatience& patience
) {
    if (!listing.filter.person) {
        if (listing.filter.search.wanted.empty()) return std::vector<TicketLine>{};
        return WordSearch(db, listing, patience).run();
    }
    FirstLines lines(listing);
    const auto take = [&](const TicketListing& block) { return lines.take(db, block); };
    const auto done = for_each_block(db, listing, take);
    if (!done) return std::unexpected(done.error());
    return lines.found;
}

}  // namespace hotline::mysql
