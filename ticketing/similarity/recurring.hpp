#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing::similarity {

// What somebody says again and again (D12): a phrase in his own words and how many of his texts
// have it.
struct RecurringPhrase {
    std::string text;
    int texts = 0;

    bool operator==(const RecurringPhrase&) const = default;
};

// The most frequent first, of equals the longer; each in two texts at least.
std::vector<RecurringPhrase> recurring_phrases(
    std::span<const std::string_view> texts, std::size_t most
);

}  // namespace hotline::ticketing::similarity
