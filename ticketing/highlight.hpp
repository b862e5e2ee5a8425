#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Where the words somebody searched for stand in a text (rules H, README.md). Whoever shows a text
// masked marks the masked text, so that a hit tells nothing of what is hidden.
namespace hotline::ticketing {

struct TextPart {
    std::string text;
    bool hit = false;

    bool operator==(const TextPart&) const = default;
};

// H1: the whole text in parts. Without a hit it is one part; an empty text has none.
std::vector<TextPart> marked(std::string_view text, std::span<const std::string> terms);

// H2: a piece of the text around the place with most of the words, in one line; empty without a
// hit.
std::vector<TextPart> excerpt(std::string_view text, std::span<const std::string> terms);

}  // namespace hotline::ticketing
