#include "integrations/mysql/directory_rows.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/enterprise_initials.hpp"

#include <chrono>
#include <concepts>

namespace hotline::mysql {
namespace {

using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;
using ticketing::organisation::Card;
using ticketing::organisation::Leave;

// Zero is "none" in the core and NULL in the tables.
template <class Id>
Param reference_to(Id id) {
    return id ? Param{id.value} : Param{nullptr};
}

}  // namespace

std::vector<Param> values_of(const Unit& unit) {
    return {
        unit.code,
        unit.name,
        reference_to(unit.parent),
        static_cast<int>(unit.level),
        unit.division,
        unit.function,
        unit.active
    };
}

std::vector<Param> values_of(const StaffedOfficial& staffed) {
    const auto& official = staffed.official;
    return {
        staffed.staff_no,
        official.name,
        official.unit.value,
        official.phone,
        official.duty,
        official.capacity,
        reference_to(official.deputy),
        official.active,
        staffed.demonstration
    };
}

std::vector<Param> values_of(const Leave& leave) {
    return {
        leave.official.value,
        day_param(leave.from),
        leave.to ? day_param(*leave.to) : Param{nullptr},
        leave.reason,
        leave.active
    };
}

std::vector<Param> values_of(const Turn& turn) {
    return {
        turn.unit.value,
        day_param(turn.day),
        static_cast<std::int64_t>(turn.from.count()),
        static_cast<std::int64_t>(turn.to.count()),
        turn.official.value,
        turn.phone,
        turn.active
    };
}

std::vector<Param> values_of(const Card& card) {
    return {card.enterprise.value, card.official.value, day_param(card.since), card.active};
}

std::vector<Param> values_of(const Enterprise& firm) {
    return {
        firm.uscc.empty() ? Param{nullptr} : Param{firm.uscc},
        firm.name,
        firm.division,
        firm.zone,
        firm.town,
        firm.address,
        firm.phone,
        firm.industry,
        firm.size,
        firm.five_above,
        firm.demonstration,
        firm.active
    };
}

void read_entry(const Row& row, Unit& unit) {
    unit.id = {row.unsigned_integer(0)};
    unit.code = row.string(1);
    unit.name = row.string(2);
    unit.parent = {row.unsigned_integer(3)};
    unit.level = static_cast<ticketing::UnitLevel>(row.integer(4));
    unit.division = row.string(5);
    unit.function = row.string(6);
    unit.active = row.flag(7);
}

void read_entry(const Row& row, StaffedOfficial& staffed) {
    auto& official = staffed.official;
    official.id = {row.unsigned_integer(0)};
    staffed.staff_no = row.string(1);
    official.name = row.string(2);
    official.unit = {row.unsigned_integer(3)};
    official.phone = row.string(4);
    official.duty = row.string(5);
    official.capacity = static_cast<int>(row.integer(6));
    official.deputy = {row.unsigned_integer(7)};
    official.active = row.flag(8);
    staffed.demonstration = row.flag(9);
}

void read_entry(const Row& row, Leave& leave) {
    leave.id = {row.unsigned_integer(0)};
    leave.official = {row.unsigned_integer(1)};
    leave.from = day_of(row.time(2));
    if (!row.null(3)) leave.to = day_of(row.time(3));
    leave.reason = row.string(4);
    leave.active = row.flag(5);
}

void read_entry(const Row& row, Turn& turn) {
    turn.id = {row.unsigned_integer(0)};
    turn.unit = {row.unsigned_integer(1)};
    turn.day = day_of(row.time(2));
    turn.from = std::chrono::minutes{row.integer(3)};
    turn.to = std::chrono::minutes{row.integer(4)};
    turn.official = {row.unsigned_integer(5)};
    turn.phone = row.string(6);
    turn.active = row.flag(7);
}

void read_entry(const Row& row, Card& card) {
    card.id = {row.unsigned_integer(0)};
    card.enterprise = {row.unsigned_integer(1)};
    card.official = {row.unsigned_integer(2)};
    card.since = day_of(row.time(3));
    card.active = row.flag(4);
}

void read_entry(const Row& row, Enterprise& firm) {
    firm.id = {row.unsigned_integer(0)};
    firm.uscc = row.string(1);
    firm.name = row.string(2);
    firm.division = row.string(3);
    firm.zone = row.string(4);
    firm.town = row.string(5);
    firm.address = row.string(6);
    firm.phone = row.string(7);
    firm.industry = row.string(8);
    firm.size = static_cast<int>(row.integer(9));
    firm.five_above = row.flag(10);
    firm.demonstration = row.flag(11);
    firm.active = row.flag(12);
}

std::string columns_of(std::string_view columns) {
    std::string text = "e.id";
    for (const std::string& column : column_names(columns)) text += ", e." + column;
    return text + ", e.revision";
}

std::size_t column_count(std::string_view columns) {
    return column_names(columns).size() + 2;
}

template <class Entry>
Result<void> insert_entries(Connection& db, std::span<const Entry> entries) {
    if (entries.empty()) return {};
    using Table = TableOf<Entry>;
    InsertBatch batch{Table::name, "id, " + std::string(Table::columns)};
    for (const Entry& entry : entries) {
        auto values = values_of(entry);
        const std::uint64_t id = ticketing::organisation::id_of(entry);
        values.insert(values.begin(), id == 0 ? Param{nullptr} : Param{id});
        batch.add(values);
    }
    const auto sent = db.insert(batch);
    if (!sent) return std::unexpected(sent.error());
    if constexpr (std::same_as<Entry, Enterprise>) return write_enterprise_initials(db, entries);
    return {};
}

template Result<void> insert_entries(Connection&, std::span<const Unit>);
template Result<void> insert_entries(Connection&, std::span<const StaffedOfficial>);
template Result<void> insert_entries(Connection&, std::span<const Leave>);
template Result<void> insert_entries(Connection&, std::span<const Turn>);
template Result<void> insert_entries(Connection&, std::span<const Card>);
template Result<void> insert_entries(Connection&, std::span<const Enterprise>);

}  // namespace hotline::mysql
