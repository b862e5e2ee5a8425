#include "integrations/mysql/directory_query.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/types/state.hpp"

namespace hotline::mysql {

Result<std::unordered_map<std::string, Tile>> read_tiles(Connection& db) {
    const auto rows = db.query(
        "SELECT code, grid_col, grid_row FROM division WHERE grid_col IS NOT NULL "
        "AND grid_row IS NOT NULL"
    );
    if (!rows) return std::unexpected(rows.error());
    std::unordered_map<std::string, Tile> tiles;
    for (const Row row : *rows) {
        tiles[row.string(0)] = {static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
    }
    return tiles;
}

Result<std::unordered_map<std::uint64_t, std::int64_t>> open_tickets_of(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
) {
    std::unordered_map<std::uint64_t, std::int64_t> counts;
    if (enterprises.empty()) return counts;
    std::vector<Param> ids;
    for (const auto id : enterprises) ids.emplace_back(id.value);
    std::vector<Param> open;
    for (const auto state : ticketing::unfinished_states()) {
        open.emplace_back(static_cast<int>(state));
    }
    QueryText sql;
    sql.add("SELECT t.enterprise_id, COUNT(*) FROM ticket t WHERE ");
    sql.add(QueryText::in("t.enterprise_id", std::move(ids))).add(" AND ");
    sql.add(QueryText::in("t.state", std::move(open))).add(" GROUP BY t.enterprise_id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) counts[row.unsigned_integer(0)] = row.integer(1);
    return counts;
}

}  // namespace hotline::mysql
