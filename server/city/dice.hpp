#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hotline::city {

// SplitMix64 (G. Steele et al., 2014): small, and the same numbers on every machine, which the
// distributions of <random> do not promise. For demonstration data only.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    // A stream of its own for each thing, so that the n-th enterprise is the same whatever N is.
    Dice(std::uint64_t seed, std::uint64_t thing) : state_(seed * 0x9E3779B97F4A7C15ULL ^ thing) {
        next();
    }

    std::uint64_t next() {
        std::uint64_t value = (state_ += 0x9E3779B97F4A7C15ULL);
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
        return value ^ (value >> 31U);
    }
    // 0 ≤ result < bound.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool one_in(std::size_t bound) { return below(bound) == 0; }
    template <class T>
    const T& pick(std::span<const T> list) {
        return list[below(list.size())];
    }
    // Index of a weighted choice.
    std::size_t weighted(std::span<const int> weights) {
        int total = 0;
        for (const int weight : weights) total += weight;
        auto left = static_cast<int>(below(static_cast<std::size_t>(total)));
        std::size_t index = 0;
        while (left >= weights[index]) left -= weights[index++];
        return index;
    }

private:
    std::uint64_t state_;
};

}  // namespace hotline::city
