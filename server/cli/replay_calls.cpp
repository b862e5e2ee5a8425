#include "integrations/ari/replay.hpp"
#include "integrations/files/whole_file.hpp"
#include "server/cli/commands.hpp"

#include <fmt/format.h>

#include <map>

namespace hotline::cli {

namespace {

// How often each outcome came, and every promise that was broken.
class Outcomes {
public:
    void add(const std::vector<ari::Recorded>& events) {
        ++runs_;
        const auto results = ari::play(events);
        for (const auto& result : results) ++counts_[ari::in_words(result)];
        for (auto& broken : ari::broken_promises(results)) ++broken_[std::move(broken)];
    }

    // False: promises were broken.
    bool print(std::string_view manner) const {
        fmt::print("  {} ({} runs)\n", manner, runs_);
        for (const auto& [words, count] : counts_) fmt::print("    {:>6} × {}\n", count, words);
        for (const auto& [words, count] : broken_) {
            fmt::print("    {:>6} × BROKEN: {}\n", count, words);
        }
        return broken_.empty();
    }

private:
    std::size_t runs_ = 0;
    std::map<std::string, std::size_t> counts_;
    std::map<std::string, std::size_t> broken_;
};

bool plain_and_doubled(const ari::Scenario& scenario) {
    Outcomes plain, doubled;
    plain.add(scenario.events);
    doubled.add(ari::doubled(scenario.events));
    const bool whole = plain.print("as recorded");
    return doubled.print("doubled") && whole;
}

bool disordered(const ari::Scenario& scenario, std::uint32_t rounds) {
    constexpr std::size_t late_by = 6;
    Outcomes shuffled, late;
    for (std::uint32_t seed = 0; seed < rounds; ++seed) {
        shuffled.add(ari::shuffled(scenario.events, seed));
        late.add(ari::delayed(scenario.events, late_by, seed));
    }
    const bool whole = shuffled.print("shuffled");
    return late.print("late") && whole;
}

bool truncated(const ari::Scenario& scenario) {
    Outcomes cut;
    const auto& events = scenario.events;
    for (auto end = events.begin(); end != events.end(); ++end) cut.add({events.begin(), end});
    return cut.print("cut off after each event");
}

}  // namespace

int replay_calls(const ReplayCallsOptions& options) {
    const auto text = files::read_file(options.file);
    if (!text) {
        fmt::print(stderr, "{}\n", text.error().detail);
        return 1;
    }
    const auto recording = ari::read_recording(*text);
    if (!recording) {
        fmt::print(stderr, "{}: {}\n", options.file, recording.error());
        return 1;
    }
    bool whole = true;
    for (const auto& scenario : recording->scenarios) {
        fmt::print("{}: {} events\n", scenario.name, scenario.events.size());
        whole = plain_and_doubled(scenario) && whole;
        whole = disordered(scenario, options.rounds) && whole;
        whole = truncated(scenario) && whole;
    }
    fmt::print(
        "{} lines, {} without meaning, {} scenarios: {}\n",
        recording->lines,
        recording->unread,
        recording->scenarios.size(),
        whole ? "every call has one end at most, and has it when it ended" : "PROMISES BROKEN"
    );
    return whole ? 0 : 1;
}

}  // namespace hotline::cli
