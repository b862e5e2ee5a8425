#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/errors.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// One file of migrations/, built into the program. Forward only; a file once released never
// changes.
struct Migration {
    unsigned version;  // 1, 2, 3 … without gaps
    std::string_view name;
    std::string_view sql;
};

std::span<const Migration> embedded_migrations();

// SHA-256 of the text in lower-case hex: what schema_migration remembers of a migration.
std::string checksum(const Migration& migration);

// The statements of a script, without comments around them; `;` in quotes or comments does not
// part.
std::vector<std::string> split_statements(std::string_view script);

enum class MigrateMode { apply, dry_run };

// Brings the schema up to date under a server-wide lock, so any number of servers may try at once.
// Returns the names of what was applied (or, dry, would be). Refuses (conflict) a schema with a
// migration this program does not know or knows with another text. DDL commits by itself: after a
// failure in the middle the next run resumes with the statement that failed.
Result<std::vector<std::string>> migrate(
    Connection& connection,
    std::span<const Migration> migrations = embedded_migrations(),
    MigrateMode mode = MigrateMode::apply
);

// For the start of a server: exactly these migrations are applied, unchanged. conflict otherwise.
Result<void> schema_version_matches(
    Connection& connection, std::span<const Migration> migrations = embedded_migrations()
);

}  // namespace hotline::mysql
