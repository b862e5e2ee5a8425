#include "integrations/mysql/migrate.hpp"

#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"

#include <fmt/format.h>

namespace hotline::cli {

int migrate(const config::Settings& settings, const MigrateOptions& options) {
    // A large table takes its time; given up half-way it would have to be mended by hand.
    const auto opened = Database::open(settings, std::chrono::hours(6));
    if (!opened) return 1;
    mysql::Connection& connection = **opened;
    const auto mode = options.dry_run ? mysql::MigrateMode::dry_run : mysql::MigrateMode::apply;
    const auto applied = mysql::migrate(connection, mysql::embedded_migrations(), mode);
    if (!applied) {
        fmt::print(stderr, "Migration failed: {}.\n", applied.error().detail);
        return 1;
    }
    for (const std::string& name : *applied) {
        fmt::print("{} {}\n", options.dry_run ? "would apply" : "applied", name);
    }
    if (applied->empty()) fmt::print("The schema is up to date.\n");
    return 0;
}

}  // namespace hotline::cli
