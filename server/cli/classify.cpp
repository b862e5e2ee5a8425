#include "integrations/files/whole_file.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/labelled_texts.hpp"
#include "server/cli/quality_text.hpp"
#include "server/cli/stopwatch.hpp"
#include "server/text_models.hpp"
#include "ticketing/classifier/quality.hpp"
#include "ticketing/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace hotline::cli {
namespace {

namespace classifier = ticketing::classifier;

constexpr std::size_t words_told = 5;

int give_up(std::string_view why) {
    fmt::print(stderr, "Nothing is classified: {}.\n", why);
    return 1;
}

// The model asked for, or which there are.
Result<const classifier::Model*> chosen(
    const std::vector<classifier::Model>& models, const std::string& name
) {
    if (name.empty() && models.size() == 1) return &models.front();
    std::string names;
    for (const auto& model : models) {
        if (model.name() == name) return &model;
        names += (names.empty() ? "" : ", ") + model.name();
    }
    return fail(ErrorCode::not_found, "choose one of the file's models with --name: " + names);
}

struct Verdict {
    classifier::Confusion confusion;
    std::vector<std::string> labels;  // those of the model, then what only the texts have
    std::size_t sure = 0;
    std::size_t sure_and_right = 0;
};

Verdict compare(
    const classifier::Model& model,
    const std::vector<LabelledText>& texts,
    const std::vector<classifier::Answer>& answers
) {
    std::vector<std::string> labels = model.labels();
    std::vector<std::size_t> right;
    for (const auto& [text, label] : texts) {
        const auto at = std::ranges::find(labels, label);
        right.push_back(static_cast<std::size_t>(at - labels.begin()));
        if (at == labels.end()) labels.push_back(label);
    }
    Verdict verdict{classifier::Confusion{labels.size()}, labels};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        verdict.confusion.add(right[i], answers[i].label);
        if (answers[i].confidence < model.parts().threshold) continue;
        ++verdict.sure;
        if (right[i] == answers[i].label) ++verdict.sure_and_right;
    }
    return verdict;
}

int evaluate(const classifier::Model& model, const std::string& file) {
    const auto bytes = files::read_file(file);
    if (!bytes) return give_up(bytes.error().detail);
    const LabelledTexts read = parse_labelled(*bytes);
    tell_faults(read.faults);
    if (read.texts.empty()) return give_up(file + " has no labelled text");

    std::vector<classifier::Answer> answers;
    answers.reserve(read.texts.size());
    classifier::NgramCounts counts;
    const Stopwatch watch;
    for (const auto& [text, label] : read.texts) answers.push_back(model.classify(text, counts));
    const double seconds = watch.seconds();

    const Verdict verdict = compare(model, read.texts, answers);
    const auto count = static_cast<double>(read.texts.size());
    fmt::print(
        "{} texts in {:.3f} s: {:.1f} µs per text\n"
        "accuracy {:.4f}, macro-F1 {:.4f}\n"
        "sure (confidence from {:.2f} on) of {:.1f} %, {:.1f} % of those right\n\n{}",
        read.texts.size(),
        seconds,
        seconds * 1e6 / count,
        verdict.confusion.accuracy(),
        verdict.confusion.macro_f1(),
        model.parts().threshold,
        100.0 * static_cast<double>(verdict.sure) / count,
        100.0 * static_cast<double>(verdict.sure_and_right) /
            static_cast<double>(std::max<std::size_t>(verdict.sure, 1)),
        quality_text(verdict.confusion, verdict.labels)
    );
    return 0;
}

std::string answer_line(const classifier::Model& model, const Question& question) {
    ticketing::JsonObject out;
    if (!question.id.empty()) out.raw("id", question.id);
    if (!question.fault.empty()) return out.text("error", question.fault).str();
    const auto answer = model.classify(question.text);
    std::string words = "[";
    for (const auto& evidence : model.evidence(question.text, answer.label, words_told)) {
        words += (words.size() > 1 ? "," : "") + ticketing::json_string(evidence.words);
    }
    const bool known = answer.confidence > 0;
    out.raw("label", known ? ticketing::json_string(model.labels()[answer.label]) : "null");
    out.raw("confidence", fmt::format("{:.4f}", answer.confidence));
    out.raw("sure", answer.confidence >= model.parts().threshold ? "true" : "false");
    return out.raw("words", words + "]").str();
}

int answer_lines(const classifier::Model& model) {
    for (std::string line; std::getline(std::cin, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        fmt::print("{}\n", answer_line(model, parse_question(line)));
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int classify(const config::Settings&, const ClassifyOptions& options) {
    const auto models = read_models(options.model);
    if (!models) return give_up(models.error().detail);
    const auto model = chosen(*models, options.name);
    if (!model) return give_up(model.error().detail);
    return options.eval.empty() ? answer_lines(**model) : evaluate(**model, options.eval);
}

}  // namespace hotline::cli
