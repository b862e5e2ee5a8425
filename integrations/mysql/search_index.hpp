#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/search_tokens.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

// Which tickets have a token in their text. Tickets lie in chunks of neighbouring ids; a row of
// search_posting holds those of one chunk that have one token. New tickets touch the newest chunk
// only, and whoever wants the newest first reads the newest chunks first. It works the same on
// MariaDB and MySQL, whose own full-text indexes do not agree about Chinese.
namespace hotline::mysql {

// The texts of a ticket that can be searched; empty: not asked for.
struct SearchText {
    ticketing::TicketId ticket;
    std::string text;
};

// Of which tickets the appeal's own text is wanted, and of which the result's. Ascending.
struct SearchTextsWanted {
    std::vector<ticketing::TicketId> appeals;
    std::vector<ticketing::TicketId> results;
};
Result<std::vector<SearchText>> read_search_texts(Connection& db, const SearchTextsWanted& wanted);

// Adds the tokens of these texts. What a text no longer says stays in the index: whoever finds a
// ticket by it looks at the text as well.
Result<void> index_texts(Connection& db, std::span<const SearchText> texts);

// The tickets that have a token of every range, newest first, a block at a time.
class SearchWalk {
public:
    // Only tickets with ids below `below`. `wanted` is not empty and must outlive the walk.
    SearchWalk(std::span<const ticketing::TokenRange> wanted, std::uint64_t below)
        : wanted_(wanted), below_(below) {}

    // At most `block` of them, fewer at first, since a page is likely among the newest; none at the
    // end.
    static constexpr std::size_t block = 512;
    Result<std::vector<std::uint64_t>> next(Connection& db);

private:
    Result<void> begin(Connection& db);
    Result<std::vector<std::uint64_t>> next_chunks(Connection& db);
    Result<bool> read_on(Connection& db);

    std::span<const ticketing::TokenRange> wanted_;
    std::uint64_t below_;
    bool begun_ = false;
    std::deque<std::uint64_t> chunks_;  // to be read, the newest first
    std::uint64_t farther_ = 0;         // which of the chunks below have the words is not asked yet
    std::size_t stride_ = 2;            // chunks in one reading, twice as many each time
    bool ended_ = false;
    std::deque<std::uint64_t> found_;  // not yet given
    std::size_t next_block_ = 128;
};

}  // namespace hotline::mysql
