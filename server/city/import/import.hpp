#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city/import/table.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::city {

// The lists that go in and out as CSV.
enum class ImportKind { officials, enterprises, cards, knowledge, units, leaves, turns };

constexpr auto names_of(ImportKind) {
    return ticketing::NameTable<ImportKind, 7>{{
        {ImportKind::officials, "officials"},
        {ImportKind::enterprises, "enterprises"},
        {ImportKind::cards, "cards"},
        {ImportKind::knowledge, "knowledge"},
        {ImportKind::units, "units"},
        {ImportKind::leaves, "leaves"},
        {ImportKind::turns, "turns"},
    }};
}

struct ImportOptions {
    ImportKind kind = ImportKind::enterprises;
    bool apply = false;             // else only say what would change
    bool demonstration = false;     // of knowledge: marked as such
    bool english = false;           // the language broken rules are told in
    std::string source = "import";  // the file's name, for the history
    ticketing::UserId user;         // none: the command line
    std::string user_name = "导入";
};

struct ImportReport {
    std::size_t rows = 0;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::vector<LineProblem> problems;  // any: nothing is written
    std::vector<LineProblem> remarks;   // taken in all the same
    std::vector<std::string> examples;  // the first few changes, in words
    bool applied = false;
};

// The same inside the caller's transaction, which has to be undone when there are problems; for
// text that is UTF-8.
Result<ImportReport> import_text(
    mysql::Connection& db,
    std::string_view text,
    const ImportOptions& options,
    ticketing::Instant now
);

// Reads a file's bytes (UTF-8 or GB18030, RFC 4180, first line the column names), checks every
// line, compares with the register and, with `apply` and without a problem, writes it all in one
// transaction. Nothing is deleted. An Error only when the file cannot be read as CSV at all or the
// database fails.
Result<ImportReport> import_file(
    mysql::Connection& db,
    std::string_view bytes,
    const ImportOptions& options,
    ticketing::Instant now
);

}  // namespace hotline::city
