#include "ticketing/classifier/calibration.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace hotline::ticketing::classifier;

namespace {

// `right` of ten answers with this lead over the second label were right.
std::vector<Judged> answers(float lead, int right, int times = 10) {
    std::vector<Judged> all;
    for (int i = 0; i < 10 * times; ++i) {
        const bool good = i % 10 < right;
        all.push_back({{lead, 0}, good ? 0U : 1U});
    }
    return all;
}

std::vector<Judged> both(std::vector<Judged> a, const std::vector<Judged>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_CASE("L10: a larger lead never gives less confidence") {
    double before = 0;
    for (float lead = 0; lead < 3; lead += 0.1F) {
        const double now = confidence_of(std::array{lead, 0.0F, -0.2F}, 0.4);
        CHECK(now > before);
        CHECK(now < 1);
        before = now;
    }
}

TEST_CASE("L10: the confidence is what was right among answers like it") {
    const auto judged = answers(0.5F, 8);
    const double temperature = fit_temperature(judged);
    CHECK(confidence_of(judged[0].scores, temperature) == doctest::Approx(0.8).epsilon(0.01));
}

TEST_CASE("L10: with next to nothing to judge by the temperature is the cautious default") {
    CHECK(fit_temperature(answers(0.5F, 10, 1)) == doctest::Approx(0.5));
    CHECK(fit_temperature({}) == doctest::Approx(0.5));
}

TEST_CASE("L11: from the threshold on nine of ten answers were right") {
    const auto judged = both(answers(1.5F, 10), answers(0.4F, 4));
    const double temperature = fit_temperature(judged);
    const double threshold = fit_threshold(judged, temperature);
    CHECK(threshold > confidence_of(std::array{0.4F, 0.0F}, temperature));
    CHECK(threshold <= confidence_of(std::array{1.5F, 0.0F}, temperature));
}

TEST_CASE("L11: the threshold is never below one half, and 1 when no answer can be trusted") {
    CHECK(fit_threshold(answers(0.01F, 10), 1) >= least_threshold);
    CHECK(fit_threshold(answers(0.5F, 5), 1) == doctest::Approx(1));
    CHECK(fit_threshold({}, 1) == doctest::Approx(least_threshold));
    CHECK(fit_threshold(answers(5, 10), 1) == doctest::Approx(least_threshold));
}
