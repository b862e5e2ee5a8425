#include "integrations/mysql/migrate.hpp"

#include "integrations/mysql/store_error.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>

namespace hotline::mysql {

namespace {

constexpr int no_such_table = 1146;

struct Applied {
    unsigned version;
    std::string name;
    std::string checksum;
    std::size_t statements_done;
    bool complete;
};

Result<std::vector<Applied>> applied(Connection& connection) {
    const auto rows = connection.query(
        "SELECT version, name, checksum, statements_done, complete FROM schema_migration "
        "ORDER BY version"
    );
    std::vector<Applied> found;
    if (!rows) {
        if (mysql_code(rows.error()) == no_such_table) return found;
        return std::unexpected(rows.error());
    }
    for (const Row row : *rows)
        found.push_back(
            {static_cast<unsigned>(row.unsigned_integer(0)),
             row.string(1),
             row.string(2),
             row.unsigned_integer(3),
             row.flag(4)}
        );
    return found;
}

// Texts that ran before they became what they are: a later migration leads to the same.
struct Former {
    unsigned version;
    std::string_view checksum;
};
constexpr Former former_texts[] = {
    {37, "9f2d2940a6e82cc7d83c0313dde1c86d622e2b0fc1b0fe45f2f462674cc707b6"},  // mended by 38
};

bool is_text_of(const Migration& migration, const std::string& ran) {
    if (checksum(migration) == ran) return true;
    return std::ranges::any_of(former_texts, [&](const Former& former) {
        return former.version == migration.version && former.checksum == ran;
    });
}

// What is applied must be the beginning of what we know, text by text.
Result<void> agree(const std::vector<Applied>& done, std::span<const Migration> known) {
    for (std::size_t at = 0; at < done.size(); ++at) {
        const Applied& old = done[at];
        if (at >= known.size() || known[at].version != old.version)
            return fail(
                ErrorCode::conflict,
                fmt::format("schema has migration {} {}, unknown here", old.version, old.name)
            );
        if (!is_text_of(known[at], old.checksum))
            return fail(
                ErrorCode::conflict,
                fmt::format("migration {} {} was changed after it ran", old.version, old.name)
            );
    }
    return {};
}

Result<void> apply(Connection& connection, const Migration& migration, std::size_t done) {
    if (done == 0) {
        const auto noted = connection.execute(
            "INSERT INTO schema_migration (version, name, checksum, statements_done, complete, "
            "applied_at) VALUES (?, ?, ?, 0, 0, UTC_TIMESTAMP(3)) "
            "ON DUPLICATE KEY UPDATE statements_done = 0",
            {migration.version, migration.name, checksum(migration)}
        );
        if (!noted) return std::unexpected(noted.error());
    }
    const std::vector<std::string> statements = split_statements(migration.sql);
    for (; done < statements.size(); ++done) {
        const auto executed = connection.execute(statements[done]);
        if (!executed) {
            Error error = executed.error();
            error.detail = fmt::format(
                "migration {} statement {}: {}", migration.version, done + 1, error.detail
            );
            return std::unexpected(std::move(error));
        }
        const auto noted = connection.execute(
            "UPDATE schema_migration SET statements_done = ? WHERE version = ?",
            {done + 1, migration.version}
        );
        if (!noted) return std::unexpected(noted.error());
    }
    const auto closed = connection.execute(
        "UPDATE schema_migration SET complete = 1, applied_at = UTC_TIMESTAMP(3) WHERE version = ?",
        {migration.version}
    );
    if (!closed) return std::unexpected(closed.error());
    return {};
}

Result<std::vector<std::string>> migrate_locked(
    Connection& connection, std::span<const Migration> migrations, MigrateMode mode
) {
    if (mode == MigrateMode::apply) {
        const auto table = connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migration (version INT UNSIGNED NOT NULL PRIMARY "
            "KEY, "
            "name VARCHAR(100) NOT NULL, checksum CHAR(64) NOT NULL, "
            "statements_done INT UNSIGNED NOT NULL, complete TINYINT UNSIGNED NOT NULL, "
            "applied_at DATETIME(3) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
        );
        if (!table) return std::unexpected(table.error());
    }
    const auto done = applied(connection);
    if (!done) return std::unexpected(done.error());
    if (const auto agreed = agree(*done, migrations); !agreed)
        return std::unexpected(agreed.error());
    std::vector<std::string> names;
    for (std::size_t at = 0; at < migrations.size(); ++at) {
        const bool begun = at < done->size();
        if (begun && (*done)[at].complete) continue;
        names.push_back(fmt::format("{:04}_{}", migrations[at].version, migrations[at].name));
        if (mode == MigrateMode::dry_run) continue;
        const std::size_t from = begun ? (*done)[at].statements_done : 0;
        if (const auto ran = apply(connection, migrations[at], from); !ran)
            return std::unexpected(ran.error());
    }
    return names;
}

}  // namespace

std::string checksum(const Migration& migration) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(
        reinterpret_cast<const unsigned char*>(migration.sql.data()), migration.sql.size(), digest
    );
    std::string hex;
    for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
}

Result<std::vector<std::string>> migrate(
    Connection& connection, std::span<const Migration> migrations, MigrateMode mode
) {
    // The lock is the server's, not the schema's: its name carries the schema. 64 characters at
    // most.
    const auto locked = connection.query(
        "SELECT GET_LOCK(CONCAT('hotline_migrate_', LEFT(SHA1(DATABASE()), 32)), 20)"
    );
    if (!locked) return std::unexpected(locked.error());
    if (locked->front().integer(0) != 1)
        return fail(ErrorCode::conflict, "another migration is running");
    auto result = migrate_locked(connection, migrations, mode);
    const auto released = connection.query(
        "SELECT RELEASE_LOCK(CONCAT('hotline_migrate_', LEFT(SHA1(DATABASE()), 32)))"
    );
    if (result && !released) return std::unexpected(released.error());
    return result;
}

Result<void> schema_version_matches(Connection& connection, std::span<const Migration> migrations) {
    const auto done = applied(connection);
    if (!done) return std::unexpected(done.error());
    if (const auto agreed = agree(*done, migrations); !agreed) return agreed;
    const auto complete = [](const Applied& old) { return old.complete; };
    if (done->size() != migrations.size() || !std::ranges::all_of(*done, complete))
        return fail(ErrorCode::conflict, "the schema is older than this program: run migrate");
    return {};
}

}  // namespace hotline::mysql
