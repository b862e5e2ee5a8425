#pragma once

#include "integrations/mysql/directory_writer.hpp"
#include "server/city/import/import.hpp"
#include "server/city/import/table.hpp"
#include "ticketing/organisation/rules.hpp"
#include "ticketing/types/directory.hpp"

#include <span>

// One step per kind of file: reads the table, fills the report, writes when there is a writer and
// no problem. Called inside a transaction.
namespace hotline::city {

std::span<const Column> official_columns();
std::span<const Column> enterprise_columns();
std::span<const Column> card_columns();
std::span<const Column> article_columns();
std::span<const Column> unit_columns();
std::span<const Column> leave_columns();
std::span<const Column> turn_columns();
std::span<const Column> columns_of(ImportKind kind);

struct ImportStep {
    mysql::Connection& db;
    const Table& table;
    const ticketing::Directory& directory;  // as stored, without cards
    ticketing::Instant now;
    mysql::DirectoryWriter* writer;  // null: only say what would change
    bool demonstration = false;      // marked as such; a list of the city's own is none
    bool english = false;
};

Result<void> import_officials(const ImportStep& step, ImportReport& report);
Result<void> import_enterprises(const ImportStep& step, ImportReport& report);
Result<void> import_cards(const ImportStep& step, ImportReport& report);
Result<void> import_articles(const ImportStep& step, ImportReport& report);
Result<void> import_units(const ImportStep& step, ImportReport& report);
Result<void> import_leaves(const ImportStep& step, ImportReport& report);
Result<void> import_turns(const ImportStep& step, ImportReport& report);

// Counts a change and keeps it as an example while there are few.
void note_change(ImportReport& report, std::size_t ImportReport::* count, std::string words);

// Rules O1 to O18 of a line.
void note_faults(
    const ImportStep& step,
    std::size_t row,
    const ticketing::organisation::Faults& faults,
    ImportReport& report
);

// Tells the entries of a file apart by what has to be done with them, and does it.
template <class Entry>
class Changes {
public:
    Changes(const ImportStep& step, ImportReport& report) : step_(step), report_(report) {}

    // `before`: null of a new one.
    void add(const Entry* before, Entry after, std::string name) {
        if (before == nullptr) {
            note_change(report_, &ImportReport::added, "新增 " + name);
        } else if (ticketing::organisation::text_of(*before) !=
                   ticketing::organisation::text_of(after)) {
            note_change(report_, &ImportReport::changed, "修改 " + name);
        } else {
            ++report_.unchanged;
            return;
        }
        std::optional<Entry> was;
        if (before != nullptr) was = *before;
        changes_.push_back({std::move(was), std::move(after), std::move(name)});
    }

    // What has come so far. A problem anywhere undoes all of it.
    Result<void> write() {
        std::vector<mysql::EntryChange<Entry>> changes;
        changes.swap(changes_);
        if (step_.writer == nullptr || !report_.problems.empty()) return {};
        return step_.writer->write(std::span{changes});
    }

private:
    const ImportStep& step_;
    ImportReport& report_;
    std::vector<mysql::EntryChange<Entry>> changes_;
};

// By code or by full name; empty when there is none.
const ticketing::Division* find_division(
    const ticketing::Directory& directory, std::string_view named, ticketing::Division::Kind kind
);
const ticketing::Unit* find_unit(const ticketing::Directory& directory, std::string_view named);

}  // namespace hotline::city
