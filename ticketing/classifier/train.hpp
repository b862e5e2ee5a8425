#pragma once

#include "ticketing/classifier/model.hpp"
#include "ticketing/classifier/parallel.hpp"
#include "ticketing/classifier/quality.hpp"
#include "ticketing/errors.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hotline::ticketing::classifier {

struct Example {
    std::string_view text;
    std::string_view label;
};

struct Training {
    Model model;
    Confusion held_out;  // L9: of texts the machine that judged them had not seen
};

constexpr std::size_t most_labels = 500;

// The same examples in the same order give the same model, however the parts are run. Fails with
// validation_failed (detail: a sentence) when there are not two labels or more than `most_labels`.
Result<Training> train(
    std::string name,
    std::span<const Example> examples,
    const Parallel& parallel = one_after_another
);

}  // namespace hotline::ticketing::classifier
