#include "integrations/mysql/view_store.hpp"

#include "integrations/mysql/done.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view select_view =
    "SELECT v.id, v.account_id, a.name, v.name, v.question, v.sort, v.shown, v.role, v.version "
    "FROM saved_view v LEFT JOIN account a ON a.id=v.account_id ";

SavedView to_view(const Row& row) {
    SavedView view;
    view.id = row.string(0);
    view.account = {row.unsigned_integer(1)};
    view.account_name = row.string(2);
    view.name = row.string(3);
    view.question = row.string(4);
    view.sort = row.string(5);
    view.columns = row.string(6);
    if (!row.null(7)) view.role = static_cast<ticketing::Role>(row.integer(7));
    view.version = static_cast<std::uint32_t>(row.unsigned_integer(8));
    return view;
}

std::optional<int> number_of(std::optional<ticketing::Role> role) {
    if (!role) return std::nullopt;
    return static_cast<int>(*role);
}

Result<std::vector<SavedView>> views_where(
    Connection& db, std::string_view condition, Params params
) {
    const auto rows = db.query(
        std::string(select_view) + std::string(condition) +
            " ORDER BY v.created_at, v.id LIMIT 500",
        params
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<SavedView> views;
    for (const Row row : *rows) views.push_back(to_view(row));
    return views;
}

}  // namespace

Result<std::vector<SavedView>> list_views(
    Connection& db, ticketing::UserId account, ticketing::Role role
) {
    return views_where(
        db, "WHERE v.account_id=? OR v.role=?", {account.value, static_cast<int>(role)}
    );
}

Result<std::vector<SavedView>> list_given_views(Connection& db, ticketing::UserId account) {
    return views_where(db, "WHERE v.account_id=? OR v.role IS NOT NULL", {account.value});
}

Result<std::optional<SavedView>> find_view(Connection& db, std::string_view id) {
    const auto rows = db.query(std::string(select_view) + "WHERE v.id=? FOR UPDATE", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<SavedView>();
    return std::optional(to_view(rows->front()));
}

Result<std::size_t> count_views(Connection& db, ticketing::UserId account) {
    const auto rows =
        db.query("SELECT COUNT(*) FROM saved_view WHERE account_id=?", {account.value});
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<void> insert_view(Connection& db, const SavedView& view, ticketing::Instant now) {
    return done(db.execute(
        "INSERT INTO saved_view (id, account_id, name, question, sort, shown, role, version, "
        "created_at, changed_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
        {view.id,
         view.account.value,
         view.name,
         view.question,
         view.sort,
         view.columns,
         number_of(view.role),
         view.version,
         now,
         now}
    ));
}

Result<void> update_view(Connection& db, const SavedView& view, ticketing::Instant now) {
    return done(db.execute(
        "UPDATE saved_view SET name=?, question=?, sort=?, shown=?, role=?, version=?, "
        "changed_at=? WHERE id=?",
        {view.name,
         view.question,
         view.sort,
         view.columns,
         number_of(view.role),
         view.version,
         now,
         view.id}
    ));
}

Result<void> delete_view(Connection& db, std::string_view id) {
    return done(db.execute("DELETE FROM saved_view WHERE id=?", {id}));
}

}  // namespace hotline::mysql
