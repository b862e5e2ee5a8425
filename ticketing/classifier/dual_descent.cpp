#include "ticketing/classifier/dual_descent.hpp"

#include <algorithm>
#include <cmath>

namespace hotline::ticketing::classifier {
namespace {

constexpr double cost = 4;            // C of the squared hinge loss
constexpr double rare_classes = 0.3;  // L8: their own texts cost (others / own) to this power
constexpr int most_rounds = 8;
constexpr float settled = 0.02F;  // no text's gradient larger: enough

// A fixed order of the texts for each round, the same in every run.
class Shuffle {
public:
    void shuffle(std::vector<std::uint32_t>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[next() % i]);
    }

private:
    // SplitMix64 (Steele, Lea, Flood 2014).
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    std::uint64_t state_ = 12345;
};

// The weights of a block and what each text contributed to them.
class Block {
public:
    Block(const Problem& problem, std::size_t first_class)
        : problem_(problem), first_(first_class), weights_(problem.corpus.keys.size()) {
        shares_.resize(problem.corpus.texts());
        std::array<double, block_classes> own{};
        for (const std::uint32_t text : problem.chosen) {
            const std::size_t k = problem.corpus.labels[text] - first_;
            if (k < block_classes) ++own[k];
        }
        const auto all = static_cast<double>(problem.chosen.size());
        for (std::size_t k = 0; k < block_classes; ++k) {
            // A class nobody has is never right: its machine learns "no" at the price of any other.
            const double others = own[k] > 0 ? std::max(all / own[k] - 1, 1.0) : 1;
            own_diagonal_[k] = static_cast<float>(0.5 / (cost * std::pow(others, rare_classes)));
        }
    }

    // One step of descent for each class; the largest gradient.
    float learn(std::uint32_t text) {
        const auto& corpus = problem_.corpus;
        const std::size_t begin = corpus.begins[text];
        const std::size_t end = corpus.begins[text + 1];
        BlockWeights scores{};
        for (std::size_t i = begin; i < end; ++i) {
            const BlockWeights& weights = weights_[corpus.features[i]];
            for (std::size_t k = 0; k < block_classes; ++k) {
                scores[k] += problem_.values[i] * weights[k];
            }
        }
        BlockWeights steps{};
        const float gradient = step(text, scores, steps);
        if (steps == BlockWeights{}) return gradient;
        for (std::size_t i = begin; i < end; ++i) {
            BlockWeights& weights = weights_[corpus.features[i]];
            for (std::size_t k = 0; k < block_classes; ++k) {
                weights[k] += problem_.values[i] * steps[k];
            }
        }
        return gradient;
    }

    std::vector<BlockWeights> weights() && { return std::move(weights_); }

private:
    // Hsieh et al. 2008, algorithm 1, for rows of length 1 and the squared hinge loss.
    float step(std::uint32_t text, const BlockWeights& scores, BlockWeights& steps) {
        float largest = 0;
        const std::size_t own = problem_.corpus.labels[text] - first_;
        for (std::size_t k = 0; k < block_classes; ++k) {
            const float side = k == own ? 1.0F : -1.0F;
            const float diagonal = k == own ? own_diagonal_[k] : other_diagonal;
            float& share = shares_[text][k];
            const float gradient = side * scores[k] - 1 + diagonal * share;
            if (share <= 0 && gradient >= 0) continue;
            largest = std::max(largest, std::abs(gradient));
            const float before = share;
            share = std::max(0.0F, share - gradient / (1 + diagonal));
            steps[k] = (share - before) * side;
        }
        return largest;
    }

    static constexpr auto other_diagonal = static_cast<float>(0.5 / cost);

    const Problem& problem_;
    std::size_t first_;
    BlockWeights own_diagonal_{};
    std::vector<BlockWeights> weights_;
    std::vector<BlockWeights> shares_;  // by text
};

}  // namespace

std::vector<BlockWeights> learn_block(const Problem& problem, std::size_t first_class) {
    Block block{problem, first_class};
    std::vector<std::uint32_t> order;
    for (const std::uint32_t text : problem.chosen) {
        if (problem.corpus.begins[text] != problem.corpus.begins[text + 1]) order.push_back(text);
    }
    Shuffle shuffle;
    for (int round = 0; round < most_rounds; ++round) {
        shuffle.shuffle(order);
        float largest = 0;
        for (const std::uint32_t text : order) largest = std::max(largest, block.learn(text));
        if (largest < settled) break;
    }
    return std::move(block).weights();
}

}  // namespace hotline::ticketing::classifier
