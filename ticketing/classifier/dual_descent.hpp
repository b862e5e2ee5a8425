#pragma once

#include "ticketing/classifier/corpus.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotline::ticketing::classifier {

// Classes are learned four at a time: what a feature weighs for them lies in one quarter of a cache
// line, and each four can be learned by a thread of its own.
constexpr std::size_t block_classes = 4;
using BlockWeights = std::array<float, block_classes>;

// The values of a corpus' rows as they are learned, each row of length 1 (L7).
struct Problem {
    const Corpus& corpus;
    std::span<const std::uint32_t> chosen;  // the texts to learn from
    std::span<const float> values;          // one per entry of corpus.features
};

// One linear machine against the rest for each class of a block (L8), by dual coordinate descent.
// The answer has the weights of each feature.
std::vector<BlockWeights> learn_block(const Problem& problem, std::size_t first_class);

}  // namespace hotline::ticketing::classifier
