#include "integrations/mysql/work_rows.hpp"

#include "integrations/mysql/query_text.hpp"

#include <string>
#include <vector>

namespace hotline::mysql {

Result<void> delete_work(
    Connection& db, std::string_view table, std::span<const std::uint64_t> rows
) {
    return in_parts(rows, [&](std::span<const std::uint64_t> some) -> Result<void> {
        std::vector<Param> ids(some.begin(), some.end());
        QueryText sql;
        sql.add("DELETE FROM ").add(table).add(" WHERE ").add(QueryText::in("id", std::move(ids)));
        const auto deleted = db.execute(sql.text(), sql.values());
        if (!deleted) return std::unexpected(deleted.error());
        return {};
    });
}

Result<std::uint64_t> count_work(Connection& db, std::string_view table) {
    const auto rows = db.query("SELECT COALESCE(MAX(id)-MIN(id)+1,0) FROM " + std::string(table));
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

}  // namespace hotline::mysql
