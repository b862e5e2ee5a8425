#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotline::ticketing::classifier {

// From the key of an n-gram to its number: open addressing, eight entries to a cache line.
class FeatureIndex {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    FeatureIndex() = default;
    // keys[i] gets the number i; each may be there once.
    explicit FeatureIndex(std::span<const std::uint64_t> keys);

    std::uint32_t find(std::uint64_t key) const {
        for (std::size_t at = place(key);; at = (at + 1) & mask_) {
            const Slot& slot = slots_[at];
            if (slot.feature == none) return none;
            if (slot.tag == tag(key)) return slot.feature;
        }
    }

    // So that the next find() of this key need not wait for memory.
    void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[place(key)]); }

private:
    // Half of the key finds the place, all of the other half must agree: of a million features one
    // in four billion strangers is taken for one of ours.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t feature = none;
    };
    static std::uint32_t tag(std::uint64_t key) { return static_cast<std::uint32_t>(key); }
    std::size_t place(std::uint64_t key) const { return (key >> 32) & mask_; }

    std::vector<Slot> slots_ = std::vector<Slot>(1);
    std::size_t mask_ = 0;
};

}  // namespace hotline::ticketing::classifier
