#pragma once

#include "server/learning/sample_texts.hpp"
#include "ticketing/classifier/train.hpp"

#include <span>
#include <vector>

namespace hotline::learning {

// A model each for topic, type, urgency, function and acceptance, as far as the texts know two
// kinds of it and tell them apart better than a guess at the most frequent one. Fails with
// validation_failed and a sentence when there is nothing to learn at all.
Result<std::vector<ticketing::classifier::Training>> train_ticket_models(
    std::span<const KnownAppeal> appeals, const ticketing::classifier::Parallel& parallel
);

}  // namespace hotline::learning
