#include "ticketing/classifier/ngrams.hpp"

#include <algorithm>
#include <bit>

namespace hotline::ticketing::classifier {

char32_t normalised(char32_t c) {
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000) return c;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c >= '0' && c <= '9') return '0';
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 'a' && c <= 'z') return c;
    return gap;
}

void NgramCounts::count(std::string_view text) {
    const std::size_t most = longest_ngram * std::min(text.size(), characters_read);
    // Chinese characters have three bytes each: mostly half full, never overfull.
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(most + 1, 64));
    slots_.assign(wanted, 0);
    mask_ = wanted - 1;
    entries_.clear();
    for_each_ngram(text, [this](auto key, float weight, auto begin, auto end) {
        add(key, weight, begin, end);
    });
}

void NgramCounts::add(std::uint64_t key, float weight, std::uint32_t begin, std::uint32_t end) {
    for (std::size_t at = (key >> 20) & mask_;; at = (at + 1) & mask_) {
        if (slots_[at] == 0) {
            entries_.push_back({key, weight, begin, end});
            slots_[at] = static_cast<std::uint32_t>(entries_.size());
            return;
        }
        Entry& entry = entries_[slots_[at] - 1];
        if (entry.key == key) {
            entry.count += weight;
            return;
        }
    }
}

}  // namespace hotline::ticketing::classifier
