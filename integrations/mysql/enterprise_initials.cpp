#include "integrations/mysql/enterprise_initials.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/pinyin/initials.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::Enterprise;
using ticketing::EnterpriseId;

Result<void> forget_initials(Connection& db, std::span<const Enterprise> enterprises) {
    return in_parts(enterprises, [&](std::span<const Enterprise> some) -> Result<void> {
        std::vector<Param> ids;
        for (const Enterprise& firm : some) ids.emplace_back(firm.id.value);
        QueryText sql;
        sql.add("DELETE FROM enterprise_initials WHERE ");
        sql.add(QueryText::in("enterprise_id", std::move(ids)));
        const auto done = db.execute(sql.text(), sql.values());
        if (!done) return std::unexpected(done.error());
        return {};
    });
}

}  // namespace

Result<void> write_enterprise_initials(Connection& db, std::span<const Enterprise> enterprises) {
    if (auto done = forget_initials(db, enterprises); !done) return done;
    InsertBatch rows("enterprise_initials", "initials, enterprise_id");
    for (const Enterprise& firm : enterprises) {
        for (const std::string& initials : ticketing::name_initials(firm.name)) {
            rows.add({initials, firm.id.value});
        }
    }
    if (rows.empty()) return {};
    const auto written = db.insert(rows);
    if (!written) return std::unexpected(written.error());
    return {};
}

Result<std::vector<EnterpriseId>> enterprises_by_initials(
    Connection& db, std::string_view initials, std::size_t limit
) {
    // One name may begin so in several of its readings.
    constexpr std::size_t readings = 8;
    const std::string pattern = std::string(initials) + '%';
    const auto rows = db.query(
        "SELECT enterprise_id FROM enterprise_initials WHERE initials LIKE ? "
        "ORDER BY initials, enterprise_id LIMIT ?",
        {pattern, limit * readings}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<EnterpriseId> found;
    for (const Row row : *rows) {
        const EnterpriseId id{row.unsigned_integer(0)};
        if (found.size() < limit && std::ranges::find(found, id) == found.end()) {
            found.push_back(id);
        }
    }
    return found;
}

Result<std::optional<std::uint64_t>> write_next_initials(
    Connection& db, std::uint64_t after, std::size_t limit
) {
    // Locked, so that a name that is being changed is waited for.
    const auto rows = db.query(
        "SELECT id, name FROM enterprise WHERE id>? ORDER BY id LIMIT ? FOR UPDATE", {after, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    std::vector<Enterprise> firms;
    for (const Row row : *rows) {
        firms.push_back({.id = {row.unsigned_integer(0)}, .name = row.string(1)});
    }
    if (auto done = write_enterprise_initials(db, firms); !done) {
        return std::unexpected(done.error());
    }
    return firms.back().id.value;
}

}  // namespace hotline::mysql
