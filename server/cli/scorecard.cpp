#include "integrations/mysql/scorecard_store.hpp"
#include "server/actions/score_units.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>

namespace hotline::cli {
namespace {

int print_card(mysql::Connection& db) {
    const auto card = actions::scorecard_in_force(db, now());
    if (!card) {
        fmt::print(stderr, "No scorecard: {}\n", card.error().detail);
        return 1;
    }
    fmt::print("{}", sla::to_text(*card));
    return 0;
}

}  // namespace

// A new version beside those of before: a score that was published names its own.
int scorecard(const config::Settings& settings, const ScorecardOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    if (options.file.empty()) return print_card(db);
    std::ifstream file(options.file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto card = sla::parse_scorecard(text);
    if (!card) {
        fmt::print(stderr, "{}, line {}: {}.\n", options.file, card.error().line, card.error().why);
        return 1;
    }
    const auto before = actions::scorecard_in_force(db, now());
    if (!before) {
        fmt::print(stderr, "No scorecard: {}\n", before.error().detail);
        return 1;
    }
    card->version = before->version + 1;
    fmt::print("{}", sla::to_text(*card));
    if (!options.apply) {
        fmt::print("Nothing written: add --apply to put version {} in force.\n", card->version);
        return 0;
    }
    const auto stored = mysql::insert_scorecard(db, {card->version, now(), sla::to_text(*card)});
    if (!stored) {
        fmt::print(stderr, "Not stored: {}\n", stored.error().detail);
        return 1;
    }
    fmt::print("Version {} is in force.\n", card->version);
    return 0;
}

}  // namespace hotline::cli
