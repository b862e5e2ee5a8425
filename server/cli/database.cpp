#include "server/cli/database.hpp"

#include "server/http/problem_texts.hpp"
#include "server/stores.hpp"

#include <fmt/format.h>

namespace hotline::cli {

std::unique_ptr<Database> Database::open(
    const config::Settings& settings, std::optional<std::chrono::seconds> longest
) {
    auto where = mysql_settings(settings);
    if (!where) {
        fmt::print(stderr, "{}\n", where.error().detail);
        return nullptr;
    }
    if (longest) where->read_timeout = *longest;
    std::unique_ptr<Database> opened(new Database);
    auto connection = mysql::Connection::open(*where);
    if (!connection) {
        fmt::print(stderr, "The database cannot be reached: {}.\n", connection.error().detail);
        return nullptr;
    }
    opened->connection_.emplace(std::move(*connection));
    return opened;
}

Result<void> in_transaction(mysql::Connection& db, const std::function<Result<void>()>& deed) {
    if (auto begun = db.begin(); !begun) return begun;
    auto done = deed();
    if (done) return db.commit();
    (void)db.rollback();
    return done;
}

auth::Administrator operator_of_machine() {
    auth::Administrator by;
    by.actor.role = ticketing::Role::system;
    by.caller.address = "command line";
    return by;
}

Result<void> note_deed(
    mysql::Connection& db, std::string action, std::string object, ticketing::Instant now
) {
    const auto by = operator_of_machine();
    return auth::record(
        db, auth::audit_entry(by.caller, by.actor, std::move(action), std::move(object), now)
    );
}

void print_error(const Error& error) {
    for (const auto& field : error.fields) {
        fmt::print(stderr, "{}：{}\n", field.field, http::field_message(field, false));
    }
    if (error.fields.empty()) {
        const auto& text = http::problem_text(error.code);
        fmt::print(stderr, "{}：{}\n", text.title.zh, error.detail);
    }
}

}  // namespace hotline::cli
