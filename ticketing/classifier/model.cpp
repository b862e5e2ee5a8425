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

std::vector<Evidence> Model::phrases(std::string_view text, std::size_t label) const {
    constexpr float least_of_best = 0.25F;
    constexpr std::uint32_t longest_phrase = 8;  // pairs
    struct Pair {
        std::uint32_t begin, end;
        float weight;
    };
    std::vector<Pair> pairs;
    float best = 0;
    for_each_ngram(text, [&](std::uint64_t key, float, std::uint32_t begin, std::uint32_t end) {
        if (length_of(key) != 2) return;
        const std::uint32_t feature = index_.find(key);
        if (feature == FeatureIndex::none) return;
        const auto weight =
            static_cast<float>(parts_.weights[feature * parts_.labels.size() + label]);
        pairs.push_back({begin, end, weight});
        best = std::max(best, weight);
    });
    std::vector<Evidence> all;
    std::uint32_t begin = 0, end = 0, length = 0;
    for (const Pair& pair : pairs) {
        if (pair.weight <= 0 || pair.weight < least_of_best * best) continue;
        if (length == 0 || pair.begin >= end || length == longest_phrase) {
            all.push_back({});
            begin = pair.begin;
            length = 0;
        }
        end = pair.end;
        ++length;
        all.back().words = text.substr(begin, end - begin);
        all.back().weight += pair.weight;
    }
    return all;
}

std::vector<Evidence> Model::evidence(std::string_view text, std::size_t label, std::size_t most)
    const {
    auto all = phrases(text, label);
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
