#include "ticketing/classifier/train.hpp"

#include "ticketing/classifier/calibration.hpp"
#include "ticketing/classifier/corpus.hpp"
#include "ticketing/classifier/dual_descent.hpp"
#include "ticketing/classifier/feature_scales.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hotline::ticketing::classifier {
namespace {

// L9: a tenth of many texts tells enough; few are held out in turns, each once.
constexpr std::size_t many_texts = 1'500;
constexpr std::uint32_t parts_of_few = 5;
constexpr std::uint32_t parts_of_many = 10;

struct Learned {
    std::vector<float> scales;
    std::vector<float> values;  // of the whole corpus, as these texts scale it
    std::vector<std::vector<BlockWeights>> blocks;
};

// L7: each row scaled and brought to length 1.
std::vector<float> scaled_values(const Corpus& corpus, const std::vector<float>& scales) {
    std::vector<float> values(corpus.features.size());
    for (std::size_t text = 0; text < corpus.texts(); ++text) {
        float squares = 0;
        for (std::size_t i = corpus.begins[text]; i < corpus.begins[text + 1]; ++i) {
            values[i] = damped(corpus.counts[i]) * scales[corpus.features[i]];
            squares += values[i] * values[i];
        }
        if (squares <= 0) continue;
        const float shorter = 1 / std::sqrt(squares);
        for (std::size_t i = corpus.begins[text]; i < corpus.begins[text + 1]; ++i) {
            values[i] *= shorter;
        }
    }
    return values;
}

Learned learn(
    const Corpus& corpus, std::span<const std::uint32_t> chosen, const Parallel& parallel
) {
    Learned learned;
    learned.scales = feature_scales(corpus, chosen);
    learned.values = scaled_values(corpus, learned.scales);
    learned.blocks.resize((corpus.classes + block_classes - 1) / block_classes);
    parallel(learned.blocks.size(), [&](std::size_t block) {
        learned.blocks[block] =
            learn_block({corpus, chosen, learned.values}, block * block_classes);
    });
    return learned;
}

Judged judge(const Corpus& corpus, const Learned& learned, std::uint32_t text) {
    Judged judged{std::vector<float>(corpus.classes), corpus.labels[text]};
    for (std::size_t i = corpus.begins[text]; i < corpus.begins[text + 1]; ++i) {
        for (std::size_t k = 0; k < corpus.classes; ++k) {
            const BlockWeights& weights = learned.blocks[k / block_classes][corpus.features[i]];
            judged.scores[k] += learned.values[i] * weights[k % block_classes];
        }
    }
    return judged;
}

// Each text's part, the texts of a class spread over all parts.
std::vector<std::uint32_t> parts_of(const Corpus& corpus, std::uint32_t parts) {
    std::vector<std::uint32_t> next(corpus.classes, parts - 1);
    std::vector<std::uint32_t> part(corpus.texts());
    for (std::size_t text = 0; text < part.size(); ++text) {
        std::uint32_t& turn = next[corpus.labels[text]];
        part[text] = turn;
        turn = turn == 0 ? parts - 1 : turn - 1;
    }
    return part;
}

std::vector<Judged> judge_held_out(const Corpus& corpus, const Parallel& parallel) {
    const bool few = corpus.texts() < many_texts;
    const std::uint32_t parts = few ? parts_of_few : parts_of_many;
    const auto part = parts_of(corpus, parts);
    std::vector<Judged> judged;
    for (std::uint32_t held_out = 0; held_out < (few ? parts : 1); ++held_out) {
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t text = 0; text < part.size(); ++text) {
            if (part[text] != held_out) chosen.push_back(text);
        }
        if (chosen.empty()) continue;
        const Learned learned = learn(corpus, chosen, parallel);
        for (std::uint32_t text = 0; text < part.size(); ++text) {
            if (part[text] == held_out) judged.push_back(judge(corpus, learned, text));
        }
    }
    return judged;
}

// L13: weights in sixteen bits; what no text of the training could use is left out.
void quantise(const Corpus& corpus, const Learned& learned, ModelParts& parts) {
    const std::size_t labels = corpus.classes;
    const float largest_scale =
        learned.scales.empty() ? 0 : *std::ranges::max_element(learned.scales);
    parts.scale_step = std::max(largest_scale, 1e-9F) / std::numeric_limits<std::uint16_t>::max();
    const auto weight = [&](std::size_t feature, std::size_t k) {
        return learned.scales[feature] *
               learned.blocks[k / block_classes][feature][k % block_classes];
    };
    parts.weight_steps.assign(labels, 1e-12F);
    for (std::size_t feature = 0; feature < corpus.keys.size(); ++feature) {
        for (std::size_t k = 0; k < labels; ++k) {
            const float step =
                std::abs(weight(feature, k)) / std::numeric_limits<std::int16_t>::max();
            parts.weight_steps[k] = std::max(parts.weight_steps[k], step);
        }
    }
    for (std::size_t feature = 0; feature < corpus.keys.size(); ++feature) {
        if (learned.scales[feature] <= 0) continue;
        parts.keys.push_back(corpus.keys[feature]);
        parts.scales.push_back(
            static_cast<std::uint16_t>(std::lround(learned.scales[feature] / parts.scale_step))
        );
        for (std::size_t k = 0; k < labels; ++k) {
            parts.weights.push_back(
                static_cast<std::int16_t>(std::lround(weight(feature, k) / parts.weight_steps[k]))
            );
        }
    }
}

std::vector<std::string> labels_of(std::span<const Example> examples) {
    std::vector<std::string> labels;
    for (const Example& example : examples) labels.emplace_back(example.label);
    std::ranges::sort(labels);
    const auto repeated = std::ranges::unique(labels);
    labels.erase(repeated.begin(), repeated.end());
    return labels;
}

}  // namespace

Result<Training> train(
    std::string name, std::span<const Example> examples, const Parallel& parallel
) {
    ModelParts parts;
    parts.name = std::move(name);
    parts.labels = labels_of(examples);
    const std::size_t classes = parts.labels.size();
    if (classes < 2) {
        return fail(
            ErrorCode::validation_failed, "there is nothing to tell apart: fewer than two labels"
        );
    }
    if (classes > most_labels) {
        return fail(
            ErrorCode::validation_failed,
            std::to_string(classes) + " labels are more than " + std::to_string(most_labels)
        );
    }
    std::vector<Sample> samples;
    for (const Example& example : examples) {
        const auto at = std::ranges::lower_bound(parts.labels, example.label);
        samples.push_back({example.text, static_cast<std::uint32_t>(at - parts.labels.begin())});
    }
    const Corpus corpus = read_corpus(samples, classes, parallel);

    std::vector<Judged> judged = judge_held_out(corpus, parallel);
    Confusion held_out{classes};
    for (const Judged& one : judged) held_out.add(one.right, best_of(one.scores));
    std::erase_if(judged, [](const Judged& one) {
        return std::ranges::all_of(one.scores, [](float score) { return score == 0; });
    });
    parts.temperature = fit_temperature(judged);
    parts.threshold = fit_threshold(judged, parts.temperature);
    parts.texts = static_cast<std::uint32_t>(examples.size());
    parts.held_out = static_cast<std::uint32_t>(held_out.texts());
    parts.accuracy = held_out.accuracy();
    parts.macro_f1 = held_out.macro_f1();

    std::vector<std::uint32_t> all(corpus.texts());
    std::iota(all.begin(), all.end(), 0U);
    quantise(corpus, learn(corpus, all, parallel), parts);
    return Training{Model{std::move(parts)}, std::move(held_out)};
}

}  // namespace hotline::ticketing::classifier
