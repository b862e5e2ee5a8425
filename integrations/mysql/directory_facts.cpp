#include "integrations/mysql/directory_facts.hpp"

#include "integrations/mysql/day_param.hpp"

namespace hotline::mysql {
namespace {

template <class Entry>
Result<std::vector<Entry>> entries_where(Connection& db, std::string_view where, Params params) {
    auto found = find_entries<Entry>(db, std::string(where) + " ORDER BY e.id", params);
    if (!found) return std::unexpected(found.error());
    std::vector<Entry> entries;
    for (auto& [entry, revision] : *found) entries.push_back(std::move(entry));
    return entries;
}

}  // namespace

Result<std::vector<ticketing::organisation::Leave>> leaves_of(
    Connection& db, ticketing::OfficialId official
) {
    return entries_where<ticketing::organisation::Leave>(db, "e.official_id = ?", {official.value});
}

Result<std::vector<ticketing::Turn>> turns_around(
    Connection& db, ticketing::OfficialId official, sla::LocalDay day
) {
    constexpr std::chrono::days one{1};
    return entries_where<ticketing::Turn>(
        db,
        "e.official_id = ? AND e.day BETWEEN ? AND ?",
        {official.value, day_param(day - one), day_param(day + one)}
    );
}

Result<std::vector<ticketing::organisation::Card>> cards_of_enterprise(
    Connection& db, ticketing::EnterpriseId enterprise
) {
    return entries_where<ticketing::organisation::Card>(
        db, "e.enterprise_id = ?", {enterprise.value}
    );
}

Result<std::vector<ticketing::organisation::Card>> active_cards_of(
    Connection& db, ticketing::OfficialId official
) {
    return entries_where<ticketing::organisation::Card>(
        db, "e.official_id = ? AND e.active = 1", {official.value}
    );
}

Result<std::vector<StaffedOfficial>> others_of_staff_no(
    Connection& db, const StaffedOfficial& staffed
) {
    return entries_where<StaffedOfficial>(
        db, "e.staff_no = ? AND e.id <> ?", {staffed.staff_no, staffed.official.id.value}
    );
}

Result<std::vector<ticketing::Enterprise>> others_of_code(
    Connection& db, const ticketing::Enterprise& firm
) {
    if (firm.uscc.empty()) return std::vector<ticketing::Enterprise>{};
    return entries_where<ticketing::Enterprise>(
        db, "e.uscc = ? AND e.id <> ?", {firm.uscc, firm.id.value}
    );
}

Result<std::vector<StaffedOfficial>> represented_by(
    Connection& db, ticketing::OfficialId official
) {
    return entries_where<StaffedOfficial>(db, "e.deputy_id = ?", {official.value});
}

}  // namespace hotline::mysql
