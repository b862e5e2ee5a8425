#include "integrations/mysql/policy_store.hpp"

namespace hotline::mysql {
namespace {

StoredPolicy read(const Row& row) {
    StoredPolicy policy;
    policy.version = static_cast<std::uint32_t>(row.unsigned_integer(0));
    policy.valid_from = row.time(1);
    policy.note = row.string(2);
    policy.added_by = ticketing::UserId{row.unsigned_integer(3)};
    policy.added_by_name = row.string(4);
    policy.added_at = row.optional_time(5);
    policy.body = row.string(6);
    return policy;
}

std::string select(std::string_view body, std::string_view rest) {
    return "SELECT p.version, p.valid_from, p.note, p.added_by, COALESCE(u.name,''), p.added_at, " +
           std::string(body) + " FROM policy_version p LEFT JOIN account u ON u.id=p.added_by " +
           std::string(rest);
}

Result<StoredPolicy> first(Connection& db, std::string_view rest, Params params) {
    const auto rows = db.query(select("p.body", rest), params);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::not_found, "policy_version");
    return read(rows->front());
}

}  // namespace

Result<StoredPolicy> read_policy(Connection& db, ticketing::Instant now) {
    return first(db, "WHERE p.valid_from <= ? ORDER BY p.version DESC LIMIT 1", {now});
}

Result<std::uint32_t> policy_in_force(Connection& db, ticketing::Instant now) {
    const auto rows = db.query(
        "SELECT COALESCE(MAX(version), 0) FROM policy_version WHERE valid_from <= ?", {now}
    );
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::uint32_t>(rows->front().unsigned_integer(0));
}

Result<StoredPolicy> read_policy_version(Connection& db, std::uint32_t version) {
    return first(db, "WHERE p.version = ?", {version});
}

Result<std::vector<StoredPolicy>> list_policies(Connection& db) {
    const auto rows = db.query(select("''", "ORDER BY p.version DESC"));
    if (!rows) return std::unexpected(rows.error());
    std::vector<StoredPolicy> policies;
    for (const Row row : *rows) policies.push_back(read(row));
    return policies;
}

Result<std::uint32_t> next_policy_version(Connection& db) {
    const auto rows = db.query("SELECT COALESCE(MAX(version), 0) + 1 FROM policy_version");
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::uint32_t>(rows->front().unsigned_integer(0));
}

Result<void> insert_policy(Connection& db, const StoredPolicy& policy) {
    const Param by = policy.added_by ? Param{policy.added_by.value} : Param{nullptr};
    const auto done = db.execute(
        "INSERT INTO policy_version (version, valid_from, body, note, added_by, added_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {policy.version, policy.valid_from, policy.body, policy.note, by, policy.added_at}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace hotline::mysql
