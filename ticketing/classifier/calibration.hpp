#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hotline::ticketing::classifier {

// The scores a machine gave to a text it had not learned from.
struct Judged {
    std::vector<float> scores;  // by class
    std::uint32_t right = 0;
};

// The share of the best score after a softmax at this temperature: 0 … 1.
double confidence_of(std::span<const float> scores, double temperature);

std::size_t best_of(std::span<const float> scores);

// L10: the temperature at which the confidences fit the texts best. Texts with no known n-gram say
// nothing and are left out by the caller.
double fit_temperature(std::span<const Judged> judged);

// L11: the lowest confidence from which on nine of ten answers were right, at least
// `least_threshold`.
constexpr double least_threshold = 0.5;
double fit_threshold(std::span<const Judged> judged, double temperature);

}  // namespace hotline::ticketing::classifier
