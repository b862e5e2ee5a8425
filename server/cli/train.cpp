#include "ticketing/classifier/train.hpp"

#include "integrations/files/whole_file.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/labelled_texts.hpp"
#include "server/cli/quality_text.hpp"
#include "server/cli/stopwatch.hpp"
#include "server/text_models.hpp"

#include <fmt/format.h>

namespace hotline::cli {
namespace {

namespace classifier = ticketing::classifier;

int give_up(std::string_view why) {
    fmt::print(stderr, "Nothing is trained: {}.\n", why);
    return 1;
}

void tell(const classifier::Training& training, double seconds) {
    const auto& parts = training.model.parts();
    fmt::print(
        "{} texts, {} labels, {} features\n"
        "trained in {:.2f} s ({:.0f} µs per text), the held-out judgement included\n"
        "held out: {} texts, accuracy {:.4f}, macro-F1 {:.4f}; sure from {:.2f} on\n\n{}",
        parts.texts,
        parts.labels.size(),
        parts.keys.size(),
        seconds,
        seconds * 1e6 / parts.texts,
        parts.held_out,
        parts.accuracy,
        parts.macro_f1,
        parts.threshold,
        quality_text(training.held_out, parts.labels)
    );
}

}  // namespace

int train(const config::Settings&, const TrainOptions& options) {
    const auto bytes = files::read_file(options.file);
    if (!bytes) return give_up(bytes.error().detail);
    const LabelledTexts read = parse_labelled(*bytes);
    tell_faults(read.faults);
    std::vector<classifier::Example> examples;
    examples.reserve(read.texts.size());
    for (const auto& [text, label] : read.texts) examples.push_back({text, label});

    const Stopwatch watch;
    const auto training = classifier::train("label", examples, on_all_processors);
    if (!training) return give_up(training.error().detail);
    const double seconds = watch.seconds();
    if (const auto written = write_models(options.out, {&training->model, 1}); !written) {
        return give_up(written.error().detail);
    }
    tell(*training, seconds);
    fmt::print("\nwritten to {}\n", options.out);
    return 0;
}

}  // namespace hotline::cli
