#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Chinese text made searchable on any store: every pair of neighbouring characters is a token, and
// which tickets have a token is an index of its own (integrations/mysql/search_index).
namespace hotline::ticketing {

// Persisted. A pair of Chinese characters is the first one's code point and the second one's, 21
// bits each; the last character of a run stands with 0. A run of Latin letters and digits is its
// first ten characters in either case, six bits each, below the highest bit. So a single character,
// and the beginning of a word, is a range of tokens.
using SearchToken = std::uint64_t;

struct TokenRange {
    SearchToken first = 0;
    SearchToken last = 0;  // included

    auto operator<=>(const TokenRange&) const = default;
};

// The tokens of a text, each once, ascending. Long runs of digits (telephone, identity and card
// numbers: what P4 masks) give none: what may not be read may not be found either.
std::vector<SearchToken> search_tokens(std::string_view text);

// What a person typed, for the index and for the recheck of what the index finds.
struct SearchQuery {
    std::vector<TokenRange> wanted;  // one token of each; empty: nothing can be found
    std::vector<std::string> terms;  // each must stand in the text as typed

    bool operator==(const SearchQuery&) const = default;
};
SearchQuery search_query(std::string_view typed);

}  // namespace hotline::ticketing
