#pragma once

#include "ticketing/classifier/quality.hpp"

#include <string>
#include <vector>

namespace hotline::cli {

// Precision, recall and F1 of each label and, when they fit on a screen, the table of what was
// taken for what; else the pairs most often confused.
std::string quality_text(
    const ticketing::classifier::Confusion& confusion, const std::vector<std::string>& labels
);

// As many columns as a terminal gives a text: Chinese characters take two.
std::size_t columns_of(std::string_view text);

}  // namespace hotline::cli
