#include "ticketing/classifier/feature_scales.hpp"

#include "ticketing/classifier/ngrams.hpp"

#include <array>
#include <numeric>

namespace hotline::ticketing::classifier {
namespace {

constexpr double doubt = 0.5;       // per class: as if so many texts more had been seen by chance
constexpr double least_tell = 0.1;  // what tells no class apart is not worth nothing
constexpr std::uint32_t fewest_to_scale = 2;

// By length: three characters together are rarely as sure as two.
constexpr std::array<double, longest_ngram + 1> worth_by_length{0, 1, 1, 0.6};

// How far the classes of the texts with a feature are from those of all texts (Kullback-Leibler).
double divergence(
    std::span<const std::uint32_t> counts, double texts, const std::vector<double>& shares
) {
    const double imagined = doubt * static_cast<double>(shares.size());
    double sum = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (shares[k] <= 0) continue;
        const double here = (counts[k] + imagined * shares[k]) / (texts + imagined);
        sum += here * std::log(here / shares[k]);
    }
    return sum;
}

}  // namespace

std::vector<float> feature_scales(const Corpus& corpus, std::span<const std::uint32_t> chosen) {
    const std::size_t classes = corpus.classes;
    std::vector<std::uint32_t> counts(corpus.keys.size() * classes);
    std::vector<double> shares(classes);
    for (const std::uint32_t text : chosen) {
        shares[corpus.labels[text]] += 1.0 / static_cast<double>(chosen.size());
        for (std::size_t i = corpus.begins[text]; i < corpus.begins[text + 1]; ++i) {
            ++counts[corpus.features[i] * classes + corpus.labels[text]];
        }
    }
    std::vector<float> scales(corpus.keys.size());
    const auto all = static_cast<double>(chosen.size());
    for (std::size_t feature = 0; feature < scales.size(); ++feature) {
        const auto row = std::span{counts}.subspan(feature * classes, classes);
        const auto texts = std::accumulate(row.begin(), row.end(), std::uint32_t{0});
        if (texts < fewest_to_scale) continue;
        const double rarity = std::log((1 + all) / (1.0 + texts)) + 1;
        const double tell = std::sqrt(divergence(row, texts, shares) + least_tell);
        const double worth = worth_by_length[length_of(corpus.keys[feature])];
        scales[feature] = static_cast<float>(worth * rarity * tell);
    }
    return scales;
}

}  // namespace hotline::ticketing::classifier
