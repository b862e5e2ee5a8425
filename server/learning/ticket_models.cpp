#include "server/learning/ticket_models.hpp"

#include "ticketing/text_models.hpp"

#include <string_view>

namespace hotline::learning {
namespace {

namespace classifier = ticketing::classifier;

std::string_view label_of(const KnownAppeal& appeal, std::string_view field) {
    if (field == ticketing::topic_model) return appeal.topic;
    if (field == ticketing::type_model) return ticketing::name(appeal.type);
    return ticketing::name(appeal.urgency);
}

std::uint64_t group_of(const KnownAppeal& appeal, std::string_view field) {
    if (field == ticketing::topic_model) return appeal.phrase;
    return field == ticketing::type_model ? appeal.frame : appeal.ending;
}

}  // namespace

Result<std::vector<classifier::Training>> train_ticket_models(
    std::span<const KnownAppeal> appeals, const classifier::Parallel& parallel
) {
    std::vector<classifier::Training> models;
    Error last;
    for (const auto field :
         {ticketing::topic_model, ticketing::type_model, ticketing::urgency_model}) {
        std::vector<classifier::Example> examples;
        for (const KnownAppeal& appeal : appeals) {
            const auto label = label_of(appeal, field);
            if (!label.empty()) examples.push_back({appeal.text, label, group_of(appeal, field)});
        }
        auto trained = classifier::train(std::string{field}, examples, parallel);
        if (trained) {
            models.push_back(std::move(*trained));
        } else {
            last = trained.error();
        }
    }
    if (models.empty()) return std::unexpected(last);
    return models;
}

}  // namespace hotline::learning
