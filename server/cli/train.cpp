#include "ticketing/classifier/train.hpp"

#include "integrations/files/whole_file.hpp"
#include "integrations/mysql/closed_texts.hpp"
#include "integrations/mysql/reference/reference.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/cli/labelled_texts.hpp"
#include "server/cli/quality_text.hpp"
#include "server/cli/stopwatch.hpp"
#include "server/learning/ticket_models.hpp"
#include "server/text_models.hpp"
#include "ticketing/text_models.hpp"

#include <fmt/format.h>

namespace hotline::cli {
namespace {

namespace classifier = ticketing::classifier;

constexpr std::size_t most_tickets = 100'000;  // the newest: older ones tell of other duty lists

using Trainings = std::vector<classifier::Training>;

int give_up(std::string_view why) {
    fmt::print(stderr, "Nothing is trained: {}.\n", why);
    return 1;
}

void tell(const classifier::Training& training) {
    const auto& parts = training.model.parts();
    fmt::print(
        "{}: {} texts, {} labels, {} features\n"
        "held out: {} texts, accuracy {:.4f}, macro-F1 {:.4f}; sure from {:.2f} on\n\n{}\n",
        parts.name,
        parts.texts,
        parts.labels.size(),
        parts.keys.size(),
        parts.held_out,
        parts.accuracy,
        parts.macro_f1,
        parts.threshold,
        quality_text(training.held_out, parts.labels)
    );
}

Result<Trainings> from_file(const std::string& file) {
    const auto bytes = files::read_file(file);
    if (!bytes) return std::unexpected(bytes.error());
    const LabelledTexts read = parse_labelled(*bytes);
    tell_faults(read.faults);
    std::vector<classifier::Example> examples;
    examples.reserve(read.texts.size());
    for (const auto& [text, label] : read.texts) examples.push_back({text, label});
    auto training = classifier::train("label", examples, on_all_processors);
    if (!training) return std::unexpected(training.error());
    Trainings one;
    one.push_back(std::move(*training));
    return one;
}

Result<Trainings> from_tickets(const config::Settings& settings) {
    const auto db = Database::open(settings);
    if (!db) return fail(ErrorCode::store_unavailable, "the database cannot be reached");
    const auto closed = mysql::closed_texts(**db, most_tickets);
    if (!closed) return std::unexpected(closed.error());
    std::vector<learning::KnownAppeal> appeals;
    for (const auto& ticket : *closed) {
        learning::KnownAppeal known;
        known.text = ticketing::model_text(ticket.title, ticket.content);
        if (ticket.declined_because.empty()) {
            known.topic = ticket.topic;
            known.type = ticket.type;
            known.urgency = ticket.urgency;
            known.function = ticket.function;
            known.acceptance = ticketing::accepted;
        } else {
            known.acceptance = ticket.declined_because;
        }
        appeals.push_back(std::move(known));
    }
    return learning::train_ticket_models(appeals, on_all_processors);
}

Result<Trainings> from_samples() {
    const auto reference = reference::parse(reference::embedded_files());
    if (!reference) return std::unexpected(reference.error());
    const auto appeals = learning::sample_appeals(reference::directory_of(*reference));
    return learning::train_ticket_models(appeals, on_all_processors);
}

}  // namespace

int train(const config::Settings& settings, const TrainOptions& options) {
    const Stopwatch watch;
    const auto trainings = options.from_tickets ? from_tickets(settings)
                           : options.sample     ? from_samples()
                                                : from_file(options.file);
    if (!trainings) return give_up(trainings.error().detail);
    const double seconds = watch.seconds();
    std::vector<classifier::Model> models;
    std::uint64_t texts = 0;
    for (const auto& training : *trainings) {
        tell(training);
        models.push_back(training.model);
        texts += training.model.parts().texts;
    }
    if (const auto written = write_models(options.out, models); !written) {
        return give_up(written.error().detail);
    }
    fmt::print(
        "trained in {:.2f} s ({:.0f} µs per text), reading and the held-out judgement included; "
        "written to {}\n",
        seconds,
        seconds * 1e6 / static_cast<double>(texts),
        options.out
    );
    return 0;
}

}  // namespace hotline::cli
