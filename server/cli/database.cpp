#include "server/cli/database.hpp"

#include "server/stores.hpp"

#include <fmt/format.h>

namespace hotline::cli {

std::unique_ptr<Database> Database::open(const config::Settings& settings) {
    const auto where = mysql_settings(settings);
    if (!where) {
        fmt::print(stderr, "{}\n", where.error().detail);
        return nullptr;
    }
    std::unique_ptr<Database> opened(new Database);
    auto connection = mysql::Connection::open(*where);
    if (!connection) {
        fmt::print(stderr, "The database cannot be reached: {}.\n", connection.error().detail);
        return nullptr;
    }
    opened->connection_.emplace(std::move(*connection));
    return opened;
}

}  // namespace hotline::cli
