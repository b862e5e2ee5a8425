#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/search_tokens.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

// Which chunks of the index of words have a token at all: one bit for each of the 64 chunks of a
// span. Whoever looks for a rare word asks here first, and not every chunk of a million tickets.
namespace hotline::mysql {

class SpanMarks {
public:
    void add(std::uint64_t chunk, ticketing::SearchToken token);

    // In the order of the rows, so that writers wait for each other and never in a circle.
    Result<void> write(Connection& db) const;

private:
    std::map<std::pair<std::uint64_t, ticketing::SearchToken>, std::uint64_t> bits_;
};

// The chunks below this number that have a token of every range, the newest first. A chunk may have
// them in different tickets. `wanted` is not empty.
Result<std::vector<std::uint64_t>> chunks_having(
    Connection& db, std::span<const ticketing::TokenRange> wanted, std::uint64_t below
);

// "(token BETWEEN ? AND ? OR …)", padded so that few different statements have to be prepared.
QueryText tokens_text(std::span<const ticketing::TokenRange> wanted);

}  // namespace hotline::mysql
