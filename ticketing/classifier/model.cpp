#include "ticketing/classifier/model.hpp"

#include "ticketing/classifier/calibration.hpp"
#include "ticketing/classifier/feature_scales.hpp"

#include <algorithm>
#include <cmath>

namespace hotline::ticketing::classifier {

Model::Model(ModelParts parts) : parts_(std::move(parts)), index_(parts_.keys) {}

Answer Model::classify(std::string_view text) const {
    NgramCounts counts;
    return classify(text, counts);
}

Answer Model::classify(std::string_view text, NgramCounts& counts) const {
    constexpr std::size_t ahead = 12;  // look-ups under way while one waits for memory
    const std::size_t labels = parts_.labels.size();
    counts.count(text);
    const auto& entries = counts.entries();
    for (std::size_t i = 0; i < std::min(ahead, entries.size()); ++i) {
        index_.prefetch(entries[i].key);
    }
    Answer answer;
    answer.scores.resize(labels);
    float squares = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i + ahead < entries.size()) index_.prefetch(entries[i + ahead].key);
        const std::uint32_t feature = index_.find(entries[i].key);
        if (feature == FeatureIndex::none) continue;
        const float value = damped(entries[i].count);
        const float scaled = value * static_cast<float>(parts_.scales[feature]);
        squares += scaled * scaled;
        const std::int16_t* weights = &parts_.weights[feature * labels];
        for (std::size_t k = 0; k < labels; ++k) {
            answer.scores[k] += value * static_cast<float>(weights[k]);
        }
    }
    if (squares <= 0) return answer;
    const float length = std::sqrt(squares) * parts_.scale_step;
    for (std::size_t k = 0; k < labels; ++k) answer.scores[k] *= parts_.weight_steps[k] / length;
    answer.label = best_of(answer.scores);
    answer.confidence = confidence_of(answer.scores, parts_.temperature);
    return answer;
}

std::vector<Evidence> Model::evidence(std::string_view text, std::size_t label, std::size_t most)
    const {
    NgramCounts counts;
    counts.count(text);
    std::vector<Evidence> all;
    const std::size_t labels = parts_.labels.size();
    for (const auto& entry : counts.entries()) {
        const std::uint32_t feature = index_.find(entry.key);
        // A single character says little to who reads it.
        if (feature == FeatureIndex::none || length_of(entry.key) < 2) continue;
        const auto weight = static_cast<float>(parts_.weights[feature * labels + label]);
        if (weight <= 0) continue;
        all.push_back(
            {text.substr(entry.begin, entry.end - entry.begin), damped(entry.count) * weight}
        );
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &Evidence::weight);
    std::vector<Evidence> best;
    for (const Evidence& next : all) {
        if (best.size() == most) break;
        const bool told = std::ranges::any_of(best, [&](const Evidence& other) {
            return other.words.contains(next.words) || next.words.contains(other.words);
        });
        if (!told) best.push_back(next);
    }
    return best;
}

}  // namespace hotline::ticketing::classifier
