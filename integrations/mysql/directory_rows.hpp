#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/organisation/entries.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// How entries of the directory stand in their tables: one shape for every kind, from which reading,
// inserting and changing are made.
namespace hotline::mysql {

using StaffedOfficial = ticketing::organisation::StaffedOfficial;

// Columns besides id and revision, in the order of values_of() and read_entry().
template <class Entry>
struct TableOf;

template <>
struct TableOf<ticketing::Unit> {
    static constexpr auto kind = ticketing::organisation::Kind::unit;
    static constexpr std::string_view name = "unit";
    static constexpr std::string_view columns =
        "code, name, parent_id, level, division, `function`, active";
};
template <>
struct TableOf<StaffedOfficial> {
    static constexpr auto kind = ticketing::organisation::Kind::official;
    static constexpr std::string_view name = "official";
    static constexpr std::string_view columns =
        "staff_no, name, unit_id, phone, duty, capacity, deputy_id, active, demonstration";
};
template <>
struct TableOf<ticketing::organisation::Leave> {
    static constexpr auto kind = ticketing::organisation::Kind::leave;
    static constexpr std::string_view name = "official_leave";
    static constexpr std::string_view columns = "official_id, from_day, to_day, reason, active";
};
template <>
struct TableOf<ticketing::Turn> {
    static constexpr auto kind = ticketing::organisation::Kind::turn;
    static constexpr std::string_view name = "duty_turn";
    static constexpr std::string_view columns =
        "unit_id, day, from_minute, to_minute, official_id, phone, active";
};
template <>
struct TableOf<ticketing::organisation::Card> {
    static constexpr auto kind = ticketing::organisation::Kind::card;
    static constexpr std::string_view name = "contact_card";
    static constexpr std::string_view columns = "enterprise_id, official_id, since, active";
};
template <>
struct TableOf<ticketing::Enterprise> {
    static constexpr auto kind = ticketing::organisation::Kind::enterprise;
    static constexpr std::string_view name = "enterprise";
    static constexpr std::string_view columns =
        "uscc, name, division, zone, town, address, phone, industry, size, five_above, "
        "demonstration, active";
};

// Views into the entry.
std::vector<Param> values_of(const ticketing::Unit& unit);
std::vector<Param> values_of(const StaffedOfficial& staffed);
std::vector<Param> values_of(const ticketing::organisation::Leave& leave);
std::vector<Param> values_of(const ticketing::Turn& turn);
std::vector<Param> values_of(const ticketing::organisation::Card& card);
std::vector<Param> values_of(const ticketing::Enterprise& firm);

// Of a row that begins with id and the columns.
void read_entry(const Row& row, ticketing::Unit& unit);
void read_entry(const Row& row, StaffedOfficial& staffed);
void read_entry(const Row& row, ticketing::organisation::Leave& leave);
void read_entry(const Row& row, ticketing::Turn& turn);
void read_entry(const Row& row, ticketing::organisation::Card& card);
void read_entry(const Row& row, ticketing::Enterprise& firm);

// An entry with its revision, for If-Match.
template <class Entry>
struct Stored {
    Entry entry;
    std::uint32_t revision = 0;
};

// "e.id, e.code, …, e.revision": what read_stored() reads.
std::string columns_of(std::string_view columns);
std::size_t column_count(std::string_view columns);  // with id and revision

template <class Entry>
std::string selected() {
    return columns_of(TableOf<Entry>::columns);
}
// The first column after those of selected().
template <class Entry>
std::size_t after_selected() {
    static const std::size_t count = column_count(TableOf<Entry>::columns);
    return count;
}

template <class Entry>
Stored<Entry> read_stored(const Row& row) {
    Stored<Entry> stored;
    read_entry(row, stored.entry);
    stored.revision = static_cast<std::uint32_t>(row.unsigned_integer(after_selected<Entry>() - 1));
    return stored;
}

// `where` is SQL of ours over the row `e`.
template <class Entry>
Result<std::vector<Stored<Entry>>> find_entries(
    Connection& db, std::string_view where, Params params
) {
    const auto rows = db.query(
        "SELECT " + selected<Entry>() + " FROM " + std::string(TableOf<Entry>::name) + " e WHERE " +
            std::string(where),
        params
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Stored<Entry>> found;
    found.reserve(rows->size());
    for (const Row row : *rows) found.push_back(read_stored<Entry>(row));
    return found;
}

// Nothing when there is none of that id.
template <class Entry>
Result<std::optional<Stored<Entry>>> find_entry(Connection& db, std::uint64_t id) {
    auto found = find_entries<Entry>(db, "e.id = ?", {id});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::nullopt;
    return std::move(found->front());
}

// Rows without a history, for DirectoryWriter and for laying down a city. An id of zero is given by
// the database.
template <class Entry>
Result<void> insert_entries(Connection& db, std::span<const Entry> entries);

}  // namespace hotline::mysql
