#include "ticketing/pattern_matcher.hpp"

#include "ticketing/utf8.hpp"

#include <bit>

namespace hotline::ticketing {
namespace {

constexpr std::uint64_t hash(std::uint64_t key) {
    return (key * 0x9E3779B97F4A7C15ULL) >> 24U;
}

}  // namespace

std::pair<char32_t, std::size_t> PatternMatcher::decode(std::string_view text, std::size_t at) {
    const auto [value, bytes] = character_at(text, at);
    const bool small = value >= U'a' && value <= U'z';
    return {small ? value - U'a' + U'A' : value, bytes};
}

void PatternMatcher::add(std::string_view word, std::uint32_t id) {
    if (word.empty()) return;
    std::uint32_t state = 0;
    for (std::size_t at = 0; at < word.size();) {
        const auto [character, length] = decode(word, at);
        at += length;
        if (character >= symbols_.size()) symbols_.resize(character + 1);
        auto& symbol = symbols_[character];
        if (symbol == 0) symbol = ++symbol_count_;
        const auto [edge, fresh] =
            edges_.try_emplace(key_of(state, symbol), static_cast<std::uint32_t>(nodes_.size()));
        if (fresh) nodes_.emplace_back();
        state = edge->second;
    }
    nodes_[state].bytes = static_cast<std::uint32_t>(word.size());
    ending_.resize(nodes_.size());
    ending_[state].push_back(id);
}

std::uint32_t PatternMatcher::child(std::uint32_t state, std::uint16_t symbol) const {
    if (state == 0) return root_[symbol];
    const std::uint64_t key = key_of(state, symbol);
    for (std::uint64_t at = hash(key) & mask_;; at = (at + 1) & mask_) {
        if (table_[at].key == key) return table_[at].next;
        if (table_[at].key == 0) return 0;
    }
}

std::uint32_t PatternMatcher::step(std::uint32_t state, std::uint16_t symbol) const {
    if (symbol == 0) return 0;
    for (;;) {
        const std::uint32_t next = child(state, symbol);
        if (next != 0 || state == 0) return next;
        state = nodes_[state].fail;
    }
}

std::vector<std::uint32_t> PatternMatcher::breadth_first() const {
    std::vector<std::vector<std::uint32_t>> children(nodes_.size());
    for (const auto& [key, next] : edges_) children[key >> 16U].push_back(next);
    std::vector<std::uint32_t> order{0};
    order.reserve(nodes_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const std::uint32_t next : children[order[i]]) order.push_back(next);
    }
    return order;
}

void PatternMatcher::build() {
    root_.assign(std::size_t{symbol_count_} + 1, 0);
    table_.assign(std::bit_ceil(edges_.size() * 2 + 2), Slot{});
    mask_ = table_.size() - 1;
    std::vector<std::pair<std::uint32_t, std::uint16_t>> parent(nodes_.size());
    for (const auto& [key, next] : edges_) {
        const auto state = static_cast<std::uint32_t>(key >> 16U);
        const auto symbol = static_cast<std::uint16_t>(key & 0xFFFFU);
        parent[next] = {state, symbol};
        if (state == 0) {
            root_[symbol] = next;
            continue;
        }
        std::uint64_t at = hash(key) & mask_;
        while (table_[at].key != 0) at = (at + 1) & mask_;
        table_[at] = {key, next};
    }
    ending_.resize(nodes_.size());
    outputs_.assign(nodes_.size(), 0);
    for (const std::uint32_t state : breadth_first()) {
        Node& node = nodes_[state];
        const auto [from, symbol] = parent[state];
        if (from != 0) node.fail = step(nodes_[from].fail, symbol);
        node.first_id = static_cast<std::uint32_t>(ids_.size());
        ids_.insert(ids_.end(), ending_[state].begin(), ending_[state].end());
        node.last_id = static_cast<std::uint32_t>(ids_.size());
        outputs_[state] = node.first_id < node.last_id ? state : outputs_[node.fail];
    }
    edges_.clear();
    ending_.clear();
}

}  // namespace hotline::ticketing
