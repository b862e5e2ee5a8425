#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hotline::ticketing::classifier {

// How often a text of one class was taken for one of another; counts[right * classes + given].
class Confusion {
public:
    explicit Confusion(std::size_t classes) : classes_(classes), counts_(classes * classes) {}

    void add(std::size_t right, std::size_t given) { ++counts_[right * classes_ + given]; }

    std::size_t classes() const { return classes_; }
    std::size_t at(std::size_t right, std::size_t given) const {
        return counts_[right * classes_ + given];
    }
    std::size_t texts() const;
    std::size_t texts_of(std::size_t right) const;
    std::size_t taken_for(std::size_t given) const;

    double accuracy() const;
    double precision(std::size_t k) const;
    double recall(std::size_t k) const;
    double f1(std::size_t k) const;
    // The mean of F1 over the classes that occur or were given.
    double macro_f1() const;

private:
    std::size_t classes_;
    std::vector<std::size_t> counts_;
};

}  // namespace hotline::ticketing::classifier
