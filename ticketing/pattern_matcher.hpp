#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hotline::ticketing {

// Finds every occurrence of thousands of words in one pass over a text (A. Aho, M. Corasick,
// "Efficient string matching", CACM 18(6), 1975), by Unicode characters; ASCII letters match in
// either case. Filled once, then read by any number of threads.
class PatternMatcher {
public:
    // The same word may be added for several ids. Empty words are ignored.
    void add(std::string_view word, std::uint32_t id);
    // After the last add(), before the first scan().
    void build();

    // Calls found(id, begin, end) for each occurrence, in the order of their ends; begin and end
    // are byte offsets. Invalid UTF-8 matches nothing and does no harm.
    template <class Found>
    void scan(std::string_view text, Found&& found) const {
        std::uint32_t state = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto [character, length] = decode(text, at);
            at += length;
            state = step(state, symbol_of(character));
            for (std::uint32_t hit = outputs_[state]; hit != 0; hit = outputs_[nodes_[hit].fail]) {
                const Node& node = nodes_[hit];
                for (std::uint32_t i = node.first_id; i < node.last_id; ++i) {
                    found(ids_[i], at - node.bytes, at);
                }
            }
        }
    }

private:
    struct Node {
        std::uint32_t fail = 0;
        std::uint32_t bytes = 0;  // length of the word that ends here
        std::uint32_t first_id = 0, last_id = 0;
    };
    struct Slot {
        std::uint64_t key = 0;  // state and symbol; 0 is free (the root has a table of its own)
        std::uint32_t next = 0;
    };

    static std::pair<char32_t, std::size_t> decode(std::string_view text, std::size_t at);
    std::uint16_t symbol_of(char32_t character) const {
        return character < symbols_.size() ? symbols_[character] : std::uint16_t{0};
    }
    std::uint32_t child(std::uint32_t state, std::uint16_t symbol) const;
    std::uint32_t step(std::uint32_t state, std::uint16_t symbol) const;
    std::vector<std::uint32_t> breadth_first() const;

    static std::uint64_t key_of(std::uint32_t state, std::uint16_t symbol) {
        return std::uint64_t{state} << 16U | symbol;
    }

    std::vector<std::uint16_t> symbols_;  // by character; 0: in no word
    std::uint16_t symbol_count_ = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> edges_;  // while filling
    std::vector<std::vector<std::uint32_t>> ending_;          // while filling, by node
    std::vector<Node> nodes_{Node{}};
    std::vector<std::uint32_t>
        outputs_;  // by node: itself when a word ends here, else its longest suffix that is a word
    std::vector<std::uint32_t> ids_;
    std::vector<std::uint32_t> root_;
    std::vector<Slot> table_;
    std::uint64_t mask_ = 0;
};

}  // namespace hotline::ticketing
