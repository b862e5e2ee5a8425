#include "ticketing/text_models.hpp"

#include "ticketing/reasons.hpp"

#include <algorithm>
#include <cmath>

namespace hotline::ticketing {
namespace {

// Q10. The words' confidence is a rule of thumb: of a topic it says too much, of a type too little.
constexpr double sure_words = 0.9;
constexpr double surer_of_topic = 0.8;
constexpr double surer_of_type = 1.4;
// Q10: how alike a complaint must be to a plea.
constexpr double nearly_alike = 0.45;
// Q9: a guess among forty is no suggestion.
constexpr double least = 0.3;
constexpr double sure_of_function = 0.7;  // R16
constexpr double sure_of_refusal = 0.6;   // Q13
constexpr std::size_t words_told = 4;

// Q10: whether a model that disagrees with the words prevails.
bool prevails(double model, double words, double surer) {
    return model >= least && words < sure_words && model >= surer * words;
}

// Two independent voices for the same answer.
double either(double a, double b) {
    return 1 - (1 - a) * (1 - b);
}

struct Taken {
    std::size_t label = 0;
    double confidence = 0;
};

// Q10: of a plea and a complaint nearly alike the complaint, as Q4 does with words.
Taken taken_of(const classifier::Model& model, const classifier::Answer& answer) {
    const Taken best{answer.label, answer.confidence};
    const auto& labels = model.labels();
    if (model.name() != type_model || labels[best.label] != name(AppealType::help)) return best;
    const auto graver = std::ranges::find(labels, name(AppealType::complaint));
    if (graver == labels.end()) return best;
    const auto label = static_cast<std::size_t>(graver - labels.begin());
    const double less = static_cast<double>(answer.scores[best.label] - answer.scores[label]);
    const double share = std::exp(-less / model.parts().temperature);
    return share < nearly_alike ? best : Taken{label, best.confidence * share};
}

// The model's answer with the words that spoke for it.
LearnedHint hint_of(
    const classifier::Model& model, const std::string& text, std::size_t label, double confidence
) {
    LearnedHint hint{model.name(), model.labels()[label], confidence, false, {}};
    for (const auto& evidence : model.evidence(text, label, words_told)) {
        hint.words.emplace_back(evidence.words);
    }
    return hint;
}

void take_topic(LearnedHint& hint, const Directory& directory, Cues& cues) {
    if (hint.label == cues.topic) {
        cues.topic_confidence = either(cues.topic_confidence, hint.confidence);
        hint.taken = true;
        return;
    }
    if (!prevails(hint.confidence, cues.topic_confidence, surer_of_topic)) return;
    if (directory.duty(hint.label) == nullptr) return;
    if (cues.second_topic == hint.label) cues.second_topic.clear();
    cues.topic = hint.label;
    cues.topic_confidence = hint.confidence;
    hint.taken = true;
}

void take_type(LearnedHint& hint, Cues& cues) {
    const auto type = from_name<AppealType>(hint.label);
    if (!type) return;
    if (*type == cues.type) {
        cues.type_confidence = either(cues.type_confidence, hint.confidence);
    } else if (prevails(hint.confidence, cues.type_confidence, surer_of_type)) {
        cues.type = *type;
        cues.type_confidence = hint.confidence;
    } else {
        return;
    }
    hint.taken = true;
}

// Q11: what the words call urgent stays so: the false alarm is the cheaper mistake.
void take_urgency(LearnedHint& hint, Cues& cues) {
    const auto urgency = from_name<Urgency>(hint.label);
    if (!urgency || *urgency < cues.urgency) return;
    hint.taken = true;
    cues.urgency_confidence = *urgency == cues.urgency
                                  ? either(cues.urgency_confidence, hint.confidence)
                                  : hint.confidence;
    cues.urgency = *urgency;
}

// R16 is the router's; here it is only asked whether there is such a power in this city.
void take_function(LearnedHint& hint, const Directory& directory) {
    hint.taken = hint.confidence >= sure_of_function &&
                 std::ranges::any_of(directory.units, [&](const Unit& unit) {
                     return unit.active && unit.function == hint.label;
                 });
}

// Q13: adds to what the words warn of, never takes it back.
void take_acceptance(LearnedHint& hint, Cues& cues) {
    if (hint.label == accepted || hint.confidence < sure_of_refusal) return;
    if (hint.label == too_little) {
        cues.clarify = hint.taken = true;
    } else if (!cues.decline && find_reason(decline_reasons, hint.label)) {
        cues.decline = DeclineHint{hint.label, hint.confidence};
        hint.taken = true;
    }
}

}  // namespace

std::string model_text(std::string_view title, std::string_view content) {
    return std::string{title} + "\n" + std::string{content};
}

void TextModels::consult(
    std::string_view title, std::string_view content, const Directory& directory, Cues& cues
) const {
    const std::string text = model_text(title, content);
    classifier::NgramCounts counts;
    for (const classifier::Model& model : models_) {
        const auto answer = model.classify(text, counts);
        if (answer.confidence <= 0) continue;
        const auto [label, confidence] = taken_of(model, answer);
        LearnedHint hint = hint_of(model, text, label, confidence);
        if (hint.field == topic_model) take_topic(hint, directory, cues);
        if (hint.field == type_model) take_type(hint, cues);
        const bool sure = answer.confidence >= model.parts().threshold;
        if (hint.field == urgency_model && sure) take_urgency(hint, cues);
        if (hint.field == function_model) take_function(hint, directory);
        if (hint.field == acceptance_model) take_acceptance(hint, cues);
        cues.learned.push_back(std::move(hint));
    }
    cues.confidential = cues.confidential || cues.type == AppealType::report;
}

}  // namespace hotline::ticketing
