#include "integrations/mysql/directory_history.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

Result<std::vector<DirectoryChange>> list_changes(Connection& db, const HistoryFilter& filter) {
    QueryText where;
    if (filter.kind) where.also("kind = ?", {static_cast<int>(*filter.kind)});
    if (filter.entity != 0) where.also("entity_id = ?", {filter.entity});
    if (filter.user) where.also("user_id = ?", {filter.user.value});
    if (filter.from) where.also("at >= ?", {*filter.from});
    if (filter.until) where.also("at < ?", {*filter.until});
    if (filter.before_id != 0) where.also("id < ?", {filter.before_id});
    QueryText sql;
    sql.add(
        "SELECT id, at, user_id, user_name, deed, kind, entity_id, entity_name, before_text, "
        "after_text, source, note FROM directory_change"
    );
    if (!where.empty()) sql.add(" WHERE ").add(where);
    sql.add(" ORDER BY id DESC LIMIT ?", {filter.limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<DirectoryChange> changes;
    for (const Row row : *rows) {
        changes.push_back({
            .id = row.unsigned_integer(0),
            .at = row.time(1),
            .user = {row.unsigned_integer(2)},
            .user_name = row.string(3),
            .deed = static_cast<ticketing::organisation::Deed>(row.integer(4)),
            .kind = static_cast<ticketing::organisation::Kind>(row.integer(5)),
            .entity = row.unsigned_integer(6),
            .entity_name = row.string(7),
            .before = row.string(8),
            .after = row.string(9),
            .source = row.string(10),
            .note = row.string(11),
        });
    }
    return changes;
}

}  // namespace hotline::mysql
