#include "integrations/mysql/import_store.hpp"

#include "integrations/mysql/enterprise_initials.hpp"
#include "integrations/mysql/enterprise_store.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Enterprise;
using ticketing::OfficialId;

// "?, ?, ?" for a list of that many.
std::string marks(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

Result<std::uint64_t> last_id(Connection& db, std::string_view sql) {
    auto rows = db.query(sql);
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

}  // namespace

Result<std::unordered_map<std::string, StaffedOfficial>> officials_by_staff_no(Connection& db) {
    auto rows = db.query(
        "SELECT staff_no, id, name, unit_id, phone, duty, capacity, on_leave, deputy_id, active, "
        "demonstration FROM official"
    );
    if (!rows) return std::unexpected(rows.error());
    std::unordered_map<std::string, StaffedOfficial> officials;
    for (const Row row : *rows) {
        StaffedOfficial staffed;
        staffed.staff_no = row.string(0);
        auto& official = staffed.official;
        official.id = OfficialId{row.unsigned_integer(1)};
        official.name = row.string(2);
        official.unit = ticketing::UnitId{row.unsigned_integer(3)};
        official.phone = row.string(4);
        official.duty = row.string(5);
        official.capacity = static_cast<int>(row.integer(6));
        official.on_leave = row.flag(7);
        official.deputy = OfficialId{row.unsigned_integer(8)};
        official.active = row.flag(9);
        staffed.demonstration = row.flag(10);
        officials.emplace(staffed.staff_no, std::move(staffed));
    }
    return officials;
}

Result<std::uint64_t> last_official_id(Connection& db) {
    return last_id(db, "SELECT COALESCE(MAX(id), 0) FROM official");
}

Result<std::uint64_t> last_enterprise_id(Connection& db) {
    return last_id(db, "SELECT COALESCE(MAX(id), 0) FROM enterprise");
}

Result<std::vector<Enterprise>> find_codeless_enterprises(
    Connection& db, std::span<const std::string> names
) {
    if (names.empty()) return std::vector<Enterprise>{};
    const std::vector<Param> params(names.begin(), names.end());
    auto rows = db.query(
        "SELECT id FROM enterprise WHERE uscc IS NULL AND name IN (" + marks(names.size()) + ")",
        params
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::EnterpriseId> ids;
    for (const Row row : *rows) ids.push_back({row.unsigned_integer(0)});
    if (ids.empty()) return std::vector<Enterprise>{};
    return find_enterprises_by_id(db, ids);
}

Result<void> update_officials(Connection& db, std::span<const StaffedOfficial> officials) {
    for (const auto& [official, staff_no, demonstration] : officials) {
        auto done = db.execute(
            "UPDATE official SET name = ?, unit_id = ?, phone = ?, duty = ?, capacity = ?, "
            "on_leave = ?, deputy_id = ?, active = ?, demonstration = 0 WHERE id = ?",
            {official.name,
             official.unit.value,
             official.phone,
             official.duty,
             official.capacity,
             official.on_leave,
             official.deputy ? Param{official.deputy.value} : Param{nullptr},
             official.active,
             official.id.value}
        );
        if (!done) return std::unexpected(done.error());
    }
    return {};
}

Result<void> update_enterprises(Connection& db, std::span<const Enterprise> enterprises) {
    for (const auto& firm : enterprises) {
        auto done = db.execute(
            "UPDATE enterprise SET name = ?, division = ?, zone = ?, town = ?, address = ?, "
            "phone = ?, industry = ?, size = ?, five_above = ?, demonstration = 0 WHERE id = ?",
            {firm.name,
             firm.division,
             firm.zone,
             firm.town,
             firm.address,
             firm.phone,
             firm.industry,
             firm.size,
             firm.five_above,
             firm.id.value}
        );
        if (!done) return std::unexpected(done.error());
    }
    return write_enterprise_initials(db, enterprises);
}

Result<std::unordered_map<std::uint64_t, std::vector<CardRow>>> cards_of(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
) {
    std::unordered_map<std::uint64_t, std::vector<CardRow>> cards;
    if (enterprises.empty()) return cards;
    std::vector<Param> params;
    for (const auto id : enterprises) params.emplace_back(id.value);
    auto rows = db.query(
        "SELECT enterprise_id, official_id, active FROM contact_card WHERE enterprise_id IN (" +
            marks(params.size()) + ")",
        params
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        cards[row.unsigned_integer(0)].emplace_back(
            OfficialId{row.unsigned_integer(1)}, row.flag(2)
        );
    }
    return cards;
}

Result<void> set_card_active(Connection& db, const ContactCard& card, bool active) {
    auto done = db.execute(
        "UPDATE contact_card SET active = ? WHERE enterprise_id = ? AND official_id = ?",
        {active, card.enterprise.value, card.official.value}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace hotline::mysql
