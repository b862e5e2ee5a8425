#pragma once

#include "ticketing/classifier/parallel.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hotline::ticketing::classifier {

// A text and the number of its class.
struct Sample {
    std::string_view text;
    std::uint32_t label = 0;
};

// Labelled texts as counted features, a sparse matrix by rows. Features are numbered from the most
// frequent on, so that what is used most lies together.
struct Corpus {
    std::vector<std::uint64_t> keys;      // of each feature
    std::vector<std::size_t> begins;      // of each text's row, and the end of the last
    std::vector<std::uint32_t> features;  // ascending within a row
    std::vector<float> counts;
    std::vector<std::uint32_t> labels;
    std::size_t classes = 0;

    std::size_t texts() const { return labels.size(); }
};

// L4: n-grams in fewer than two texts are left out, and the rarest beyond `most_features`.
constexpr std::size_t most_features = 600'000;
Corpus read_corpus(std::span<const Sample> samples, std::size_t classes, const Parallel& parallel);

}  // namespace hotline::ticketing::classifier
