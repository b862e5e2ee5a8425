#include "ticketing/classifier/corpus.hpp"

#include "ticketing/classifier/feature_index.hpp"
#include "ticketing/classifier/ngrams.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotline::ticketing::classifier {
namespace {

constexpr std::size_t shares = 2;  // of the work; fixed, so that nothing depends on who runs it
constexpr std::uint32_t fewest_texts = 2;

struct Counted {
    std::uint64_t key;
    std::uint32_t texts;
};

// In how many texts each n-gram is found; grows with what it sees.
class Census {
public:
    void see(std::uint64_t key, std::uint32_t text) {
        if (2 * used_ >= slots_.size()) grow();
        Slot& slot = slots_[place(key)];
        if (slot.texts == 0) {
            slot.key = key;
            ++used_;
        }
        if (slot.texts == 0 || slot.last != text) {
            ++slot.texts;
            slot.last = text;
        }
    }

    void frequent(std::vector<Counted>& into) const {
        for (const Slot& slot : slots_) {
            if (slot.texts >= fewest_texts) into.push_back({slot.key, slot.texts});
        }
    }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t texts = 0;  // 0: free
        std::uint32_t last = 0;
    };

    std::size_t place(std::uint64_t key) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = (key >> 20) & mask;
        while (slots_[at].texts != 0 && slots_[at].key != key) at = (at + 1) & mask;
        return at;
    }

    void grow() {
        const std::vector<Slot> before =
            std::exchange(slots_, std::vector<Slot>(4 * slots_.size()));
        for (const Slot& slot : before) {
            if (slot.texts != 0) slots_[place(slot.key)] = slot;
        }
    }

    std::vector<Slot> slots_ = std::vector<Slot>(1 << 16);
    std::size_t used_ = 0;
};

std::vector<std::uint64_t> frequent_keys(
    std::span<const Sample> samples, const Parallel& parallel
) {
    std::array<std::vector<Counted>, shares> found;
    parallel(shares, [&](std::size_t share) {
        Census census;
        for (std::uint32_t text = 0; text < samples.size(); ++text) {
            for_each_ngram(samples[text].text, [&](std::uint64_t key, float, auto, auto) {
                if (key >> 63 == share) census.see(key, text);
            });
        }
        census.frequent(found[share]);
    });
    std::vector<Counted> all;
    for (auto& part : found) all.insert(all.end(), part.begin(), part.end());
    std::ranges::sort(all, [](const Counted& a, const Counted& b) {
        return a.texts != b.texts ? a.texts > b.texts : a.key < b.key;
    });
    if (all.size() > most_features) all.resize(most_features);
    std::vector<std::uint64_t> keys;
    keys.reserve(all.size());
    for (const Counted& counted : all) keys.push_back(counted.key);
    return keys;
}

// A run of texts, as it stands in the matrix.
struct Rows {
    std::vector<std::size_t> lengths;
    std::vector<std::uint32_t> features;
    std::vector<float> counts;
};

Rows read_rows(std::span<const Sample> samples, const FeatureIndex& index) {
    Rows rows;
    NgramCounts counts;
    std::vector<std::pair<std::uint32_t, float>> row;
    for (const Sample& sample : samples) {
        counts.count(sample.text);
        row.clear();
        for (const auto& entry : counts.entries()) {
            const std::uint32_t feature = index.find(entry.key);
            if (feature != FeatureIndex::none) row.emplace_back(feature, entry.count);
        }
        std::ranges::sort(row);
        rows.lengths.push_back(row.size());
        for (const auto& [feature, count] : row) {
            rows.features.push_back(feature);
            rows.counts.push_back(count);
        }
    }
    return rows;
}

}  // namespace

Corpus read_corpus(std::span<const Sample> samples, std::size_t classes, const Parallel& parallel) {
    Corpus corpus;
    corpus.classes = classes;
    corpus.keys = frequent_keys(samples, parallel);
    for (const Sample& sample : samples) corpus.labels.push_back(sample.label);

    const FeatureIndex index{corpus.keys};
    std::array<Rows, shares> parts;
    parallel(shares, [&](std::size_t share) {
        const std::size_t begin = samples.size() * share / shares;
        const std::size_t end = samples.size() * (share + 1) / shares;
        parts[share] = read_rows(samples.subspan(begin, end - begin), index);
    });
    corpus.begins.push_back(0);
    for (Rows& part : parts) {
        for (const std::size_t length : part.lengths) {
            corpus.begins.push_back(corpus.begins.back() + length);
        }
        corpus.features.insert(corpus.features.end(), part.features.begin(), part.features.end());
        corpus.counts.insert(corpus.counts.end(), part.counts.begin(), part.counts.end());
        part = {};
    }
    return corpus;
}

}  // namespace hotline::ticketing::classifier
