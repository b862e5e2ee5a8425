#include "server/learning/ticket_models.hpp"

#include "ticketing/text_models.hpp"

#include <algorithm>
#include <string_view>

namespace hotline::learning {
namespace {

namespace classifier = ticketing::classifier;

std::string_view label_of(const KnownAppeal& appeal, std::string_view field) {
    if (field == ticketing::topic_model) return appeal.topic;
    if (field == ticketing::function_model) return appeal.function;
    if (field == ticketing::acceptance_model) return appeal.acceptance;
    if (field == ticketing::type_model && appeal.type) return ticketing::name(*appeal.type);
    if (field == ticketing::urgency_model && appeal.urgency) {
        return ticketing::name(*appeal.urgency);
    }
    return {};
}

// Held out, it avoids at least a tenth of the mistakes of who always names the most frequent label.
bool worth_asking(const classifier::Confusion& held_out) {
    std::size_t most = 0;
    for (std::size_t k = 0; k < held_out.classes(); ++k) {
        most = std::max(most, held_out.texts_of(k));
    }
    const double guess = static_cast<double>(most) / static_cast<double>(held_out.texts());
    return 1 - held_out.accuracy() <= 0.9 * (1 - guess);
}

}  // namespace

Result<std::vector<classifier::Training>> train_ticket_models(
    std::span<const KnownAppeal> appeals, const classifier::Parallel& parallel
) {
    std::vector<classifier::Training> models;
    Error last;
    for (const auto field :
         {ticketing::topic_model,
          ticketing::type_model,
          ticketing::urgency_model,
          ticketing::function_model,
          ticketing::acceptance_model}) {
        std::vector<classifier::Example> examples;
        for (const KnownAppeal& appeal : appeals) {
            const auto label = label_of(appeal, field);
            if (!label.empty()) examples.push_back({appeal.text, label});
        }
        auto trained = classifier::train(std::string{field}, examples, parallel);
        if (trained && !worth_asking(trained->held_out)) {
            last = {ErrorCode::validation_failed, "the texts do not tell their labels apart", {}};
        } else if (trained) {
            models.push_back(std::move(*trained));
        } else {
            last = trained.error();
        }
    }
    if (models.empty()) return std::unexpected(last);
    return models;
}

}  // namespace hotline::learning
