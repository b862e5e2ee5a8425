#pragma once

#include "server/city/import/import.hpp"
#include "server/city/import/table.hpp"
#include "ticketing/types/directory.hpp"

#include <span>

// One step per kind of file: reads the table, fills the report, writes when `apply` is set and
// there is no problem. Called inside a transaction.
namespace hotline::city {

std::span<const Column> official_columns();
std::span<const Column> enterprise_columns();
std::span<const Column> card_columns();
std::span<const Column> article_columns();

struct ImportStep {
    mysql::Connection& db;
    const Table& table;
    const ticketing::Directory& directory;
    ticketing::Instant now;
    bool apply;
    bool demonstration = false;  // marked as such; a list of the city's own is none
};

Result<void> import_officials(const ImportStep& step, ImportReport& report);
Result<void> import_enterprises(const ImportStep& step, ImportReport& report);
Result<void> import_cards(const ImportStep& step, ImportReport& report);
Result<void> import_articles(const ImportStep& step, ImportReport& report);

// Counts a change and keeps it as an example while there are few.
void note_change(ImportReport& report, std::size_t ImportReport::* count, std::string words);

// By code or by full name; empty when there is none.
const ticketing::Division* find_division(
    const ticketing::Directory& directory, std::string_view named, ticketing::Division::Kind kind
);
const ticketing::Unit* find_unit(const ticketing::Directory& directory, std::string_view named);

}  // namespace hotline::city
