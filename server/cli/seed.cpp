#include "server/city/lay_down.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/cli/progress.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

namespace hotline::cli {
namespace {

std::string_view sentence(city::Refusal refusal) {
    switch (refusal) {
        case city::Refusal::has_tickets:
            return "There are tickets already: start over with an empty database.";
        case city::Refusal::laid_down_already:
            return "The city is laid down already. --force lays it down anew.";
        case city::Refusal::has_real_enterprises:
            return "There are imported enterprises. --force removes them.";
    }
    return {};
}

}  // namespace

int seed(const config::Settings& settings, const SeedOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    Progress progress{"enterprises", options.enterprises};
    city::Plan plan{options.enterprises, options.seed, options.force, {}};
    plan.reached = [&progress](std::uint64_t count) { progress.reached(count); };
    const auto now = hotline::now();
    const auto outcome = city::lay_down(db, settings, plan, now);
    progress.finished();
    if (!outcome) {
        fmt::print(stderr, "Seeding failed: {}.\n", outcome.error().detail);
        return 1;
    }
    if (outcome->refusal) {
        fmt::print(stderr, "{}\n", sentence(*outcome->refusal));
        return 1;
    }
    const auto& laid = outcome->amounts;
    fmt::print(
        "{} divisions, {} units, {} officials, {} topics, {} enterprises, {} contact cards, {} "
        "accounts, {} articles\n",
        laid.divisions,
        laid.units,
        laid.officials,
        laid.topics,
        laid.enterprises,
        laid.cards,
        laid.accounts,
        laid.articles
    );
    return 0;
}

}  // namespace hotline::cli
