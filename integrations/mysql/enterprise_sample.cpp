#include "integrations/mysql/enterprise_sample.hpp"

#include "integrations/mysql/enterprise_store.hpp"

#include <array>

namespace hotline::mysql {
namespace {

constexpr std::size_t most = 200;

}  // namespace

Result<std::optional<ticketing::Enterprise>> sample_enterprise(
    Connection& db, std::string_view division, std::size_t n
) {
    auto rows = db.query(
        "SELECT id FROM enterprise WHERE uscc IS NOT NULL AND "
        "(zone = ? OR (zone = '' AND division = ?)) ORDER BY id LIMIT ?",
        {division, division, most}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    const std::array ids{ticketing::EnterpriseId{(*rows)[n % rows->size()].unsigned_integer(0)}};
    auto found = find_enterprises_by_id(db, ids);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::nullopt;
    return std::move(found->front());
}

}  // namespace hotline::mysql
