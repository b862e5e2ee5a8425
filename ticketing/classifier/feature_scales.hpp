#pragma once

#include "ticketing/classifier/corpus.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace hotline::ticketing::classifier {

// L5: what n counted occurrences in one text are worth.
inline float damped(float count) {
    return 1 + std::log(count);
}

// L6: what each feature is worth, judged by the `chosen` texts alone; 0 where too few of them have
// it.
std::vector<float> feature_scales(const Corpus& corpus, std::span<const std::uint32_t> chosen);

}  // namespace hotline::ticketing::classifier
