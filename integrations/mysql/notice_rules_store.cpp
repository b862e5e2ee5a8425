#include "integrations/mysql/notice_rules_store.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view select_notice_rules =
    "SELECT r.version, r.added_at, r.added_by, COALESCE(a.name,''), r.note, r.body FROM "
    "notice_rules r LEFT JOIN account a ON a.id=r.added_by ";

StoredNoticeRules read_notice_rules(const Row& row) {
    StoredNoticeRules rules;
    rules.version = static_cast<std::uint32_t>(row.unsigned_integer(0));
    rules.added_at = row.time(1);
    rules.added_by = {row.unsigned_integer(2)};
    rules.added_by_name = row.string(3);
    rules.note = row.string(4);
    rules.body = row.string(5);
    return rules;
}

}  // namespace

Result<std::optional<StoredNoticeRules>> newer_notice_rules(Connection& db, std::uint32_t known) {
    const auto rows = db.query(
        std::string(select_notice_rules) + "WHERE r.version>? ORDER BY r.version DESC LIMIT 1",
        {known}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<StoredNoticeRules>{};
    return std::optional(read_notice_rules(rows->front()));
}

Result<std::vector<StoredNoticeRules>> list_notice_rules(Connection& db, std::size_t limit) {
    const auto rows =
        db.query(std::string(select_notice_rules) + "ORDER BY r.version DESC LIMIT ?", {limit});
    if (!rows) return std::unexpected(rows.error());
    std::vector<StoredNoticeRules> list;
    for (const Row row : *rows) list.push_back(read_notice_rules(row));
    return list;
}

Result<void> insert_notice_rules(Connection& db, const StoredNoticeRules& rules) {
    const auto done = db.execute(
        "INSERT INTO notice_rules (version, added_at, added_by, note, body) VALUES (?,?,?,?,?)",
        {rules.version, rules.added_at, rules.added_by.value, rules.note, rules.body}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace hotline::mysql
