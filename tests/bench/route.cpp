// `./hotline bench route [--quality FILE] [--models FILE]`: what understanding and routing an
// appeal costs, in memory alone, over the city of the demonstration: all officials, 370 000
// enterprises, then as many officials as a province has; then looking for repeats among a million
// tickets. With --quality: how often type, unit, district and urgency of the file's appeals are
// found, by the models of --models or else of the sample texts.
#include "ticketing/router/route.hpp"

#include "server/learning/ticket_models.hpp"
#include "server/text_models.hpp"
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/route_city.hpp"
#include "tests/bench/route_quality.hpp"
#include "tests/bench/route_similar.hpp"
#include "tests/bench/verdict.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

namespace hotline::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t enterprises = 370'000;
constexpr std::size_t province_officials = 150'000;
constexpr std::size_t few_enterprises = 20'000;  // enough to find one of every district
constexpr std::size_t decisions = 20'000;

// Microseconds each call of `work(i)` takes.
template <class Work>
std::vector<double> timed(std::size_t count, Work&& work) {
    std::vector<double> micros;
    micros.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto began = Steady::now();
        work(i);
        micros.push_back(std::chrono::duration<double, std::micro>(Steady::now() - began).count());
    }
    return micros;
}

// Of this process, by the kernel's account.
long resident_mb() {
    std::ifstream in{"/proc/self/statm"};
    long pages = 0;
    long resident = 0;
    in >> pages >> resident;
    return resident * ::sysconf(_SC_PAGESIZE) / 1'000'000;
}

// Decisions alone: what the text says is read beforehand.
std::vector<double> decision_micros(const RouteCity& city) {
    std::vector<ticketing::Appeal> appeals;
    std::vector<ticketing::Cues> cues;
    for (std::size_t i = 0; i < 500; ++i) {
        const AppealText text = appeal_text(i);
        ticketing::Appeal appeal;
        appeal.title = text.title;
        appeal.content = text.content;
        cues.push_back(city.reader.read(text.title, text.content));
        apply(cues.back(), appeal);
        appeals.push_back(std::move(appeal));
    }
    std::uint64_t chosen = 0;
    auto micros = timed(decisions, [&](std::size_t i) {
        const auto& appeal = appeals[i % appeals.size()];
        const auto& firm = city.enterprises[(i * 7919) % city.enterprises.size()];
        const auto matter = matter_of(appeal, cues[i % cues.size()]);
        chosen += route(matter, &firm, city.directory, city.loads, city.misroutes).official.value;
    });
    if (chosen == 0) fmt::print("never\n");  // the decisions must be made
    return micros;
}

// What an appeal costs before its decision: words and models.
void understanding(const RouteCity& city, const ticketing::TextModels& models, Verdict& verdict) {
    std::size_t found = 0;
    auto words = timed(decisions, [&](std::size_t i) {
        const AppealText text = appeal_text(i);
        found += city.reader.read(text.title, text.content).topic.size();
    });
    auto learned = timed(decisions, [&](std::size_t i) {
        const AppealText text = appeal_text(i);
        ticketing::Cues cues;
        models.consult(text.title, text.content, city.directory, cues);
        found += cues.learned.size();
    });
    if (found == 0) fmt::print("never\n");
    const double median = percentile(words, 0.5);
    verdict.say("word lists, µs median", median, "< 200", median < 200, false);
    const double classify = percentile(learned, 0.5);
    verdict.say("classify (all models), µs median", classify, "< 200", classify < 200, true);
    const double slow = percentile(learned, 0.99);
    verdict.say("classify (all models), µs p99", slow, "< 1000", slow < 1000, false);
}

void decide(
    std::string_view name, const RouteCity& city, double median_goal, double p99_goal, Verdict& v
) {
    auto micros = decision_micros(city);
    const double median = percentile(micros, 0.5);
    const double p99 = percentile(micros, 0.99);
    fmt::print(
        "{}: {} officials, {} enterprises\n",
        name,
        city.directory.officials.size(),
        city.enterprises.size()
    );
    const auto goal = [](double value) { return fmt::format("< {:.0f}", value); };
    v.say("one decision, µs median", median, goal(median_goal), median < median_goal, true);
    v.say("one decision, µs p99", p99, goal(p99_goal), p99 < p99_goal, true);
}

Result<ticketing::TextModels> models_of(const std::string& file, const RouteCity& city) {
    if (!file.empty()) {
        auto read = read_models(file);
        if (!read) return std::unexpected(read.error());
        return ticketing::TextModels{std::move(*read)};
    }
    const auto began = Steady::now();
    const auto samples = learning::sample_appeals(city.directory);
    auto trained = learning::train_ticket_models(samples, on_all_processors);
    if (!trained) return std::unexpected(trained.error());
    std::vector<ticketing::classifier::Model> models;
    for (auto& training : *trained) {
        const auto& parts = training.model.parts();
        fmt::print(
            "model of {}: {:.1f} % right of {} texts held out, sure from {:.2f} on\n",
            parts.name,
            parts.accuracy * 100,
            parts.held_out,
            parts.threshold
        );
        models.push_back(std::move(training.model));
    }
    const auto took = std::chrono::duration<double>(Steady::now() - began).count();
    fmt::print(
        "{} models of {} sample texts, trained in {:.2f} s\n", models.size(), samples.size(), took
    );
    return ticketing::TextModels{std::move(models)};
}

int run(const std::string& quality, const std::string& models_file) {
    const RouteCity city = make_city(1, quality.empty() ? enterprises : few_enterprises);
    const auto models = models_of(models_file, city);
    if (!models) {
        fmt::print(stderr, "{}\n", models.error().detail);
        return 1;
    }
    if (!quality.empty()) return judge_quality(quality, city, *models);
    Verdict verdict;
    understanding(city, *models, verdict);
    decide("the city", city, 20, 100, verdict);
    fmt::print("  memory of the process: {} MB\n", resident_mb());
    const std::size_t copies = province_officials / city.directory.officials.size() + 1;
    decide("a province", make_city(copies, few_enterprises), 1000, 1000, verdict);
    judge_similar(verdict);
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    std::string quality;
    std::string models;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option == "--quality") quality = argv[i + 1];
        if (option == "--models") models = argv[i + 1];
    }
    return hotline::bench::run(quality, models);
}
