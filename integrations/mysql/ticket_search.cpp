#include "integrations/mysql/ticket_search.hpp"

#include "integrations/mysql/ticket_list_sql.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace hotline::mysql {
namespace {

bool earlier(const TicketListing& listing, const TicketLine& a, const TicketLine& b) {
    const auto x = place_of(a);
    const auto y = place_of(b);
    if (listing.order == TicketOrder::newest) return x.id > y.id;
    return x.due != y.due ? x.due < y.due : x.id < y.id;
}

// What the index found for the words, less what is known not to pass the filters.
class NarrowedWalk {
public:
    NarrowedWalk(SearchWalk walk, std::vector<std::uint64_t> passing)
        : walk_(walk), passing_(std::move(passing)) {
        std::ranges::sort(passing_);
    }

    Result<std::vector<std::uint64_t>> next(Connection& db) {
        while (ready_.size() < SearchWalk::block && !ended_) {
            const auto found = walk_.next(db);
            if (!found) return std::unexpected(found.error());
            ended_ = found->empty();
            for (const auto id : *found) {
                if (std::ranges::binary_search(passing_, id)) ready_.push_back(id);
            }
        }
        const auto count = static_cast<std::ptrdiff_t>(std::min(ready_.size(), SearchWalk::block));
        std::vector<std::uint64_t> block(ready_.begin(), ready_.begin() + count);
        ready_.erase(ready_.begin(), ready_.begin() + count);
        return block;
    }

private:
    SearchWalk walk_;
    std::vector<std::uint64_t> passing_;
    std::vector<std::uint64_t> ready_;
    bool ended_ = false;
};

// The first of the lines of all blocks, in order.
class FirstLines {
public:
    explicit FirstLines(const TicketListing& listing) : listing_(listing) {}

    Result<bool> take(Connection& db, const TicketListing& block) {
        auto lines = lines_of(db, list_text(block));
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

// Which tickets pass the filters whatever they say, as far as an index can tell; nothing when it
// cannot or when they are too many to be worth it.
Result<std::optional<std::vector<std::uint64_t>>> passing_filters(
    Connection& db, const TicketListing& listing
) {
    constexpr std::size_t too_many = 32'768;  // of a million: one in thirty
    const TicketFilter filter = told_by_index(listing.filter);
    const bool indexed = !listing.scope.everything || filter != TicketFilter{};
    if (!indexed) return std::nullopt;
    const TicketListing any{
        .scope = listing.scope, .filter = filter, .after = {}, .now = listing.now
    };
    const auto rows = ids_text(any, false, too_many).run(db);
    if (!rows) return std::unexpected(rows.error());
    if (rows->size() >= too_many) return std::nullopt;
    std::vector<std::uint64_t> ids;
    for (const Row row : *rows) ids.push_back(row.unsigned_integer(0));
    return ids;
}

// Goes through what has the words, newest first. Where that is much and the filters let little of
// it through, they are asked first.
Result<std::vector<TicketLine>> search_words(Connection& db, const TicketListing& listing) {
    constexpr std::size_t patience = 8;  // blocks
    FirstLines lines(listing);
    const auto take = [&](const TicketListing& block) { return lines.take(db, block); };
    const auto& wanted = listing.filter.search.wanted;
    if (wanted.empty()) return lines.found;
    SearchWalk walk(wanted, below_of(listing));
    auto ended = walk_blocks(db, walk, listing, take, patience);
    if (!ended) return std::unexpected(ended.error());
    if (*ended) return lines.found;
    auto passing = passing_filters(db, listing);
    if (!passing) return std::unexpected(passing.error());
    if (*passing) {
        NarrowedWalk narrowed(walk, std::move(**passing));
        ended = walk_blocks(db, narrowed, listing, take);
    } else {
        ended = walk_blocks(db, walk, listing, take);
    }
    if (!ended) return std::unexpected(ended.error());
    return lines.found;
}

}  // namespace

Result<std::vector<TicketLine>> search_tickets(Connection& db, const TicketListing& listing) {
    if (!listing.filter.person) return search_words(db, listing);
    FirstLines lines(listing);
    const auto take = [&](const TicketListing& block) { return lines.take(db, block); };
    const auto done = for_each_block(db, listing, take);
    if (!done) return std::unexpected(done.error());
    return lines.found;
}

}  // namespace hotline::mysql
