#pragma once

#include <string>
#include <string_view>
#include <vector>

// Chinese in a full-text index that knows only words between blanks: every pair of neighbouring
// characters becomes one ASCII word, the same on every engine.
namespace hotline::ticketing {

// The tokens of a text, each once, separated by blanks. A run of Chinese characters gives one token
// per pair and one for its last character; a run of Latin letters and digits gives its lower-case
// word. Long runs of digits (telephone, identity and card numbers: what P4 masks) give none: what
// may not be read may not be found either.
std::string search_tokens(std::string_view text);

// What a person typed, for the index and for the recheck of what the index finds.
struct SearchQuery {
    std::string expression;          // boolean mode: "+token +word*"; empty = nothing can be found
    std::vector<std::string> terms;  // each must stand in the text as typed

    bool operator==(const SearchQuery&) const = default;
};
SearchQuery search_query(std::string_view typed);

}  // namespace hotline::ticketing
