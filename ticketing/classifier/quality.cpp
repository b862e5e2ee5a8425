#include "ticketing/classifier/quality.hpp"

#include <numeric>

namespace hotline::ticketing::classifier {
namespace {

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::size_t Confusion::texts() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
}

std::size_t Confusion::texts_of(std::size_t right) const {
    std::size_t sum = 0;
    for (std::size_t k = 0; k < classes_; ++k) sum += at(right, k);
    return sum;
}

std::size_t Confusion::taken_for(std::size_t given) const {
    std::size_t sum = 0;
    for (std::size_t k = 0; k < classes_; ++k) sum += at(k, given);
    return sum;
}

double Confusion::accuracy() const {
    std::size_t right = 0;
    for (std::size_t k = 0; k < classes_; ++k) right += at(k, k);
    return share(right, texts());
}

double Confusion::precision(std::size_t k) const {
    return share(at(k, k), taken_for(k));
}

double Confusion::recall(std::size_t k) const {
    return share(at(k, k), texts_of(k));
}

double Confusion::f1(std::size_t k) const {
    return share(2 * at(k, k), texts_of(k) + taken_for(k));
}

double Confusion::macro_f1() const {
    double sum = 0;
    std::size_t met = 0;
    for (std::size_t k = 0; k < classes_; ++k) {
        if (texts_of(k) + taken_for(k) == 0) continue;
        sum += f1(k);
        ++met;
    }
    return met == 0 ? 0 : sum / static_cast<double>(met);
}

}  // namespace hotline::ticketing::classifier
