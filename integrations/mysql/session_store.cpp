#include "integrations/mysql/session_store.hpp"

#include "integrations/mysql/done.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::Instant;
using ticketing::UserId;

std::string_view bytes(const TokenDigest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

TokenDigest digest_at(const Row& row, std::size_t column) {
    TokenDigest digest{};
    const std::string_view stored = row.text(column);
    std::copy_n(stored.begin(), std::min(stored.size(), digest.size()), digest.begin());
    return digest;
}

// Cut between characters; a byte too much would be refused by strict mode.
std::string_view cut(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

constexpr std::string_view select_session =
    "SELECT s.account_id, s.generation, s.csrf_token, s.created_at, s.seen_at, s.expires_at,"
    " s.address, s.user_agent, a.login, a.name, a.role, a.unit_id, a.official_id, a.division,"
    " a.extension, a.must_change, a.disabled, a.generation, a.password_at, a.demonstration,"
    " COALESCE(u.name, ''), s.device_id"
    " FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN unit u ON u.id = a.unit_id"
    " WHERE s.token_digest = ?";

Session to_session(const Row& row, const TokenDigest& token) {
    return Session{
        .token = token,
        .account = UserId{row.unsigned_integer(0)},
        .generation = static_cast<std::uint32_t>(row.unsigned_integer(1)),
        .csrf_token = row.string(2),
        .created_at = row.time(3),
        .seen_at = row.time(4),
        .expires_at = row.time(5),
        .address = row.string(6),
        .user_agent = row.string(7),
        .device = row.string(21),
    };
}

Account to_account(const Row& row) {
    return Account{
        .id = UserId{row.unsigned_integer(0)},
        .login = row.string(8),
        .name = row.string(9),
        .role = static_cast<ticketing::Role>(row.integer(10)),
        .unit = ticketing::UnitId{row.unsigned_integer(11)},
        .official = ticketing::OfficialId{row.unsigned_integer(12)},
        .division = row.string(13),
        .extension = row.string(14),
        .password = {},
        .must_change = row.flag(15),
        .disabled = row.flag(16),
        .generation = static_cast<std::uint32_t>(row.unsigned_integer(17)),
        .failures = 0,
        .locked_until = {},
        .password_at = row.time(18),
        .demonstration = row.flag(19),
        .unit_name = row.string(20),
    };
}

constexpr std::string_view select_token =
    "SELECT id, name, scope, token_digest, created_by, created_at, expires_at, revoked_at,"
    " last_used_at FROM api_token ";

ApiToken to_token(const Row& row) {
    return ApiToken{
        .id = row.unsigned_integer(0),
        .name = row.string(1),
        .scope = row.string(2),
        .token = digest_at(row, 3),
        .created_by = UserId{row.unsigned_integer(4)},
        .created_at = row.time(5),
        .expires_at = row.optional_time(6),
        .revoked_at = row.optional_time(7),
        .last_used_at = row.optional_time(8),
    };
}

}  // namespace

Result<void> insert_session(Connection& db, const Session& session) {
    return done(db.execute(
        "INSERT INTO session (token_digest, account_id, generation, csrf_token, created_at,"
        " seen_at, expires_at, address, user_agent, device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?)",
        {bytes(session.token),
         session.account.value,
         session.generation,
         session.csrf_token,
         session.created_at,
         session.seen_at,
         session.expires_at,
         cut(session.address, 45),
         cut(session.user_agent, 200),
         session.device.empty() ? Param(nullptr) : Param(session.device)}
    ));
}

Result<void> bind_session(Connection& db, const TokenDigest& token, std::string_view device) {
    return done(db.execute(
        "UPDATE session SET device_id = ? WHERE token_digest = ?", {device, bytes(token)}
    ));
}

Result<std::vector<UserId>> delete_sessions_of_device(Connection& db, std::string_view device) {
    const auto rows =
        db.query("SELECT DISTINCT account_id FROM session WHERE device_id = ?", {device});
    if (!rows) return std::unexpected(rows.error());
    std::vector<UserId> whose;
    for (const Row row : *rows) whose.push_back({row.unsigned_integer(0)});
    const auto gone = db.execute("DELETE FROM session WHERE device_id = ?", {device});
    if (!gone) return std::unexpected(gone.error());
    return whose;
}

Result<std::optional<SessionAndAccount>> find_session(Connection& db, const TokenDigest& token) {
    const auto rows = db.query(select_session, {bytes(token)});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<SessionAndAccount>{};
    const Row row = rows->front();
    return std::optional(SessionAndAccount{to_session(row, token), to_account(row)});
}

Result<void> touch_session(Connection& db, const TokenDigest& token, Instant seen_at) {
    return done(db.execute(
        "UPDATE session SET seen_at = GREATEST(seen_at, ?) WHERE token_digest = ?",
        {seen_at, bytes(token)}
    ));
}

Result<void> set_session_generation(
    Connection& db, const TokenDigest& token, std::uint32_t generation
) {
    return done(db.execute(
        "UPDATE session SET generation = ? WHERE token_digest = ?", {generation, bytes(token)}
    ));
}

Result<bool> delete_session(Connection& db, const TokenDigest& token) {
    const auto deleted = db.execute("DELETE FROM session WHERE token_digest = ?", {bytes(token)});
    if (!deleted) return std::unexpected(deleted.error());
    return *deleted > 0;
}

Result<std::uint64_t> delete_sessions_of(
    Connection& db, UserId account, std::optional<TokenDigest> keep
) {
    if (!keep) return db.execute("DELETE FROM session WHERE account_id = ?", {account.value});
    return db.execute(
        "DELETE FROM session WHERE account_id = ? AND token_digest <> ?",
        {account.value, bytes(*keep)}
    );
}

Result<std::uint64_t> purge_sessions(Connection& db, Instant now, Instant seen_before) {
    return db.execute(
        "DELETE FROM session WHERE expires_at <= ? OR seen_at <= ? LIMIT 1000", {now, seen_before}
    );
}

Result<std::uint64_t> insert_api_token(Connection& db, const ApiToken& token) {
    const auto inserted = db.execute(
        "INSERT INTO api_token (name, scope, token_digest, created_by, created_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        {token.name,
         token.scope,
         bytes(token.token),
         token.created_by.value,
         token.created_at,
         token.expires_at}
    );
    if (!inserted) return std::unexpected(inserted.error());
    return db.last_id();
}

Result<std::optional<ApiToken>> find_api_token(Connection& db, const TokenDigest& token) {
    const auto rows =
        db.query(std::string(select_token) + "WHERE token_digest = ?", {bytes(token)});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<ApiToken>{};
    return std::optional(to_token(rows->front()));
}

Result<std::vector<ApiToken>> list_api_tokens(Connection& db) {
    const auto rows = db.query(std::string(select_token) + "ORDER BY id DESC LIMIT 1000");
    if (!rows) return std::unexpected(rows.error());
    std::vector<ApiToken> tokens;
    for (const Row row : *rows) tokens.push_back(to_token(row));
    return tokens;
}

Result<TokenDigest> revoke_api_token(Connection& db, std::uint64_t id, Instant now) {
    const auto rows = db.query("SELECT token_digest FROM api_token WHERE id = ? FOR UPDATE", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::not_found);
    const auto revoked = db.execute(
        "UPDATE api_token SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", {now, id}
    );
    if (!revoked) return std::unexpected(revoked.error());
    return digest_at(rows->front(), 0);
}

Result<void> touch_api_token(Connection& db, std::uint64_t id, Instant now) {
    return done(db.execute("UPDATE api_token SET last_used_at = ? WHERE id = ?", {now, id}));
}

}  // namespace hotline::mysql
