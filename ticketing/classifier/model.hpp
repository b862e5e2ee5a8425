#pragma once

#include "ticketing/classifier/feature_index.hpp"
#include "ticketing/classifier/ngrams.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing::classifier {

// What a training left behind; the file has exactly this (README.md, "The file").
struct ModelParts {
    std::string name;                 // what it tells: "topic", "type", "label"
    std::vector<std::string> labels;  // two or more
    double temperature = 1;           // L10
    double threshold = 0;             // L11
    std::uint32_t texts = 0;          // learned from
    std::uint32_t held_out = 0;       // judged while held out
    double accuracy = 0;              // of those
    double macro_f1 = 0;

    std::vector<std::uint64_t> keys;  // of the features, the most frequent first
    float scale_step = 1;
    std::vector<float> weight_steps;  // by label
    // By feature: its scale as a multiple of scale_step, then its weight for each label as a
    // multiple of that label's step (L13).
    std::vector<std::uint16_t> scales;
    std::vector<std::int16_t> weights;
};

struct Answer {
    std::size_t label = 0;
    double confidence = 0;      // 0: the text has nothing the model knows
    std::vector<float> scores;  // by label
};

// A phrase that spoke for a label, as the text has it.
struct Evidence {
    std::string_view words;
    float weight = 0;
};

// Built once, then read by any number of threads.
class Model {
public:
    explicit Model(ModelParts parts);

    const ModelParts& parts() const { return parts_; }
    const std::string& name() const { return parts_.name; }
    const std::vector<std::string>& labels() const { return parts_.labels; }

    Answer classify(std::string_view text) const;
    // The same with the memory of the text before.
    Answer classify(std::string_view text, NgramCounts& counts) const;

    // L12: what spoke most for the label, the strongest first, none inside another.
    std::vector<Evidence> evidence(std::string_view text, std::size_t label, std::size_t most)
        const;

private:
    // Neighbouring pairs that speak for the label, in the order of the text.
    std::vector<Evidence> phrases(std::string_view text, std::size_t label) const;

    ModelParts parts_;
    FeatureIndex index_;
};

}  // namespace hotline::ticketing::classifier
