#pragma once

#include "ticketing/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// A text as counted runs of one to three characters (rules L1 to L3 in README.md).
namespace hotline::ticketing::classifier {

constexpr unsigned longest_ngram = 3;
constexpr std::size_t head_characters = 20;     // L3: there stands what the matter is
constexpr float head_weight = 3;                // L3
constexpr std::size_t characters_read = 4'000;  // of a text; bounds the time one may take

// L1: full width as half width, capitals as small letters, every digit as 0; `gap` for all that is
// neither a Chinese character nor a letter or digit.
constexpr char32_t gap = 0;
char32_t normalised(char32_t c);

// The low bits of an n-gram's key tell its length.
constexpr unsigned length_of(std::uint64_t key) {
    return static_cast<unsigned>(key & 3);
}

// A step of the rolling hash behind a key.
constexpr std::uint64_t rolled(std::uint64_t hash, char32_t c) {
    hash = (hash ^ c) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

// Calls visit(key, weight, begin, end) for each n-gram, begin and end in bytes of the text.
template <class Visit>
void for_each_ngram(std::string_view text, Visit&& visit) {
    constexpr std::uint64_t seed = 0xCBF29CE484222325ULL;
    struct Start {
        std::uint64_t hash = 0;
        std::uint32_t begin = 0;
        float weight = 1;
    };
    std::array<Start, longest_ngram> open{};  // the n-grams that can still grow, newest first
    unsigned known = 0;
    std::size_t position = 0;
    for (std::size_t at = 0; at < text.size() && position < characters_read;) {
        const Character read = character_at(text, at);
        const auto begin = static_cast<std::uint32_t>(at);
        at += read.bytes;
        const char32_t c = normalised(read.value);
        if (c == gap) {
            known = 0;
            continue;
        }
        for (unsigned n = longest_ngram - 1; n > 0; --n) open[n] = open[n - 1];
        open[0] = {seed, begin, position < head_characters ? head_weight : 1.0F};
        ++position;
        if (known < longest_ngram) ++known;
        for (unsigned n = 0; n < known; ++n) {
            open[n].hash = rolled(open[n].hash, c);
            const std::uint64_t key = (open[n].hash & ~std::uint64_t{3}) | (n + 1);
            visit(key, open[n].weight, open[n].begin, static_cast<std::uint32_t>(at));
        }
    }
}

// The n-grams of one text, each once with its weighted count, in order of their first place.
class NgramCounts {
public:
    struct Entry {
        std::uint64_t key;
        float count;
        std::uint32_t begin, end;  // its first place, in bytes
    };

    // What was counted before is forgotten; the memory is kept.
    void count(std::string_view text);

    const std::vector<Entry>& entries() const { return entries_; }

private:
    void add(std::uint64_t key, float weight, std::uint32_t begin, std::uint32_t end);

    std::vector<std::uint32_t> slots_;  // index into entries_ + 1; 0 is free
    std::size_t mask_ = 0;
    std::vector<Entry> entries_;
};

}  // namespace hotline::ticketing::classifier
