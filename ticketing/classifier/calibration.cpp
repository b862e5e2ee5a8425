#include "ticketing/classifier/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hotline::ticketing::classifier {
namespace {

constexpr std::size_t fewest_judged = 30;
constexpr double untried_temperature = 0.5;  // with too little to judge by
constexpr double wanted_right = 0.9;
constexpr double hottest = 8;
constexpr double coldest = 0.05;

double softmax_sum(std::span<const float> scores, double best, double temperature) {
    double sum = 0;
    for (const float score : scores) sum += std::exp((score - best) / temperature);
    return sum;
}

// Mean of the negative logarithm of what the right classes were given.
double surprise(std::span<const Judged> judged, double temperature) {
    double sum = 0;
    for (const Judged& one : judged) {
        const double right = one.scores[one.right];
        sum += std::log(softmax_sum(one.scores, right, temperature));
    }
    return sum / static_cast<double>(judged.size());
}

}  // namespace

std::size_t best_of(std::span<const float> scores) {
    return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
}

double confidence_of(std::span<const float> scores, double temperature) {
    if (scores.empty()) return 0;
    return 1 / softmax_sum(scores, scores[best_of(scores)], temperature);
}

double fit_temperature(std::span<const Judged> judged) {
    if (judged.size() < fewest_judged) return untried_temperature;
    // Golden section over the logarithm: the surprise has one minimum there.
    const double golden = (std::sqrt(5.0) - 1) / 2;
    double low = std::log(coldest);
    double high = std::log(hottest);
    for (int i = 0; i < 40; ++i) {
        const double left = high - golden * (high - low);
        const double right = low + golden * (high - low);
        if (surprise(judged, std::exp(left)) < surprise(judged, std::exp(right))) {
            high = right;
        } else {
            low = left;
        }
    }
    return std::exp((low + high) / 2);
}

double fit_threshold(std::span<const Judged> judged, double temperature) {
    std::vector<std::pair<double, bool>> answers;  // by confidence, and whether right
    for (const Judged& one : judged) {
        const double confidence = confidence_of(one.scores, temperature);
        answers.emplace_back(confidence, best_of(one.scores) == one.right);
    }
    std::ranges::sort(answers, std::greater{}, &std::pair<double, bool>::first);
    double threshold = 1;
    double right = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].second) ++right;
        const bool equals_follow =
            i + 1 < answers.size() && answers[i + 1].first == answers[i].first;
        const bool enough = right >= wanted_right * static_cast<double>(i + 1);
        // Where even the lowest were right often enough, nothing speaks against a lower one yet.
        const bool last = i + 1 == answers.size();
        if (enough && !equals_follow) threshold = last ? least_threshold : answers[i].first;
    }
    return answers.empty() ? least_threshold : std::max(threshold, least_threshold);
}

}  // namespace hotline::ticketing::classifier
