#include "integrations/mysql/import_store.hpp"

#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

using ticketing::Enterprise;
using ticketing::organisation::Card;

Result<std::unordered_map<std::string, StaffedOfficial>> officials_by_staff_no(Connection& db) {
    auto all = find_entries<StaffedOfficial>(db, "TRUE", {});
    if (!all) return std::unexpected(all.error());
    std::unordered_map<std::string, StaffedOfficial> officials;
    for (auto& [staffed, revision] : *all) {
        std::string number = staffed.staff_no;
        officials.emplace(std::move(number), std::move(staffed));
    }
    return officials;
}

Result<std::vector<Enterprise>> listed_enterprises(
    Connection& db, std::span<const std::string> codes, std::span<const std::string> names
) {
    auto found = find_enterprises_by_uscc(db, codes);
    if (!found || names.empty()) return found;
    const auto without_code = [&](std::span<const std::string> some) -> Result<void> {
        QueryText where;
        where.add("e.uscc IS NULL AND ").add(QueryText::in("e.name", {some.begin(), some.end()}));
        auto named = find_entries<Enterprise>(db, where.text(), where.values());
        if (!named) return std::unexpected(named.error());
        for (auto& stored : *named) found->push_back(std::move(stored.entry));
        return {};
    };
    if (auto done = in_parts(names, without_code); !done) return std::unexpected(done.error());
    return found;
}

Result<CardsHeld> cards_of(Connection& db, std::span<const ticketing::EnterpriseId> enterprises) {
    CardsHeld cards;
    const auto some_of = [&](std::span<const ticketing::EnterpriseId> some) -> Result<void> {
        std::vector<Param> ids;
        for (const auto id : some) ids.emplace_back(id.value);
        const QueryText where = QueryText::in("e.enterprise_id", std::move(ids));
        const auto found = find_entries<Card>(db, where.text(), where.values());
        if (!found) return std::unexpected(found.error());
        for (const auto& [card, revision] : *found) cards[card.enterprise.value].push_back(card);
        return {};
    };
    if (auto done = in_parts(enterprises, some_of); !done) return std::unexpected(done.error());
    return cards;
}

Result<void> for_each_card(Connection& db, const TakeCard& take) {
    return db.for_each(
        "SELECT " + selected<Card>() +
            ", f.id, f.uscc, f.name FROM contact_card e JOIN enterprise f ON f.id = "
            "e.enterprise_id ORDER BY e.id",
        {},
        [&take](const Row& row) {
            const std::size_t at = after_selected<Card>();
            Enterprise firm;
            firm.id = {row.unsigned_integer(at)};
            firm.uscc = row.string(at + 1);
            firm.name = row.string(at + 2);
            take(read_stored<Card>(row).entry, firm);
            return true;
        }
    );
}

}  // namespace hotline::mysql
