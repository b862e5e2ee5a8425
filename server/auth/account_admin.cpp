#include "server/auth/account_admin.hpp"

#include "integrations/crypto/token.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::auth {
namespace {

namespace asio = boost::asio;
using mysql::Account;
using mysql::Connection;

}  // namespace

AccountAdmin::AccountAdmin(
    mysql::Pool& pool, PasswordHasher& hasher, Sessions& sessions, Clock clock
)
    : pool_(pool), hasher_(hasher), sessions_(sessions), clock_(std::move(clock)) {}

asio::awaitable<Result<CreatedAccount>> AccountAdmin::create(Administrator by, Account wanted) {
    if (auto errors = check_account(wanted); !errors.empty()) {
        co_return std::unexpected(Error{ErrorCode::validation_failed, {}, std::move(errors)});
    }
    std::string initial = crypto::initial_password();
    auto hash = co_await hasher_.hash(initial);
    if (!hash) co_return std::unexpected(hash.error());
    const auto now = clock_();
    wanted.password = std::move(*hash);
    auto job = [by, wanted, now](Connection& db) { return create_account(db, by, wanted, now); };
    auto made = co_await pool_.transact(std::move(job));
    if (!made) co_return std::unexpected(made.error());
    made->password.clear();
    co_return CreatedAccount{std::move(*made), std::move(initial)};
}

asio::awaitable<Result<void>> AccountAdmin::set_disabled(
    Administrator by, ticketing::UserId id, bool disabled
) {
    if (disabled && id == by.actor.user) co_return fail(ErrorCode::guard_failed, "self");
    const auto now = clock_();
    auto job = [by, id, disabled, now](Connection& db) {
        return set_account_disabled(db, by, id, disabled, now);
    };
    const auto written = co_await pool_.transact(std::move(job));
    if (written && disabled) sessions_.account_ended(id);
    co_return written;
}

asio::awaitable<Result<void>> AccountAdmin::set_extension(
    Administrator by, ticketing::UserId id, std::string extension, bool english
) {
    const auto now = clock_();
    auto job = [by, id, extension, english, now](Connection& db) {
        return set_account_extension(db, by, id, extension, english, now);
    };
    const auto written = co_await pool_.transact(std::move(job));
    co_return written;
}

asio::awaitable<Result<std::string>> AccountAdmin::reset_password(
    Administrator by, ticketing::UserId id
) {
    std::string initial = crypto::initial_password();
    auto hash = co_await hasher_.hash(initial);
    if (!hash) co_return std::unexpected(hash.error());
    const auto now = clock_();
    auto job = [by, id, now, hash = std::move(*hash)](Connection& db) {
        return reset_account_password(db, by, id, hash, now);
    };
    const auto written = co_await pool_.transact(std::move(job));
    if (!written) co_return std::unexpected(written.error());
    sessions_.account_ended(id);
    co_return initial;
}

asio::awaitable<Result<CreatedToken>> AccountAdmin::create_token(
    Administrator by, std::string name, std::string scope, std::optional<int> days
) {
    const auto now = clock_();
    std::string secret = crypto::random_token();
    mysql::ApiToken token;
    token.name = std::move(name);
    token.scope = std::move(scope);
    token.token = crypto::token_digest(secret);
    token.created_by = by.actor.user;
    token.created_at = now;
    if (days) token.expires_at = now + std::chrono::days{*days};
    auto job = [by, token, now](Connection& db) -> Result<std::uint64_t> {
        const auto id = mysql::insert_api_token(db, token);
        if (!id) return id;
        ticketing::JsonObject detail;
        detail.text("name", token.name).text("scope", token.scope);
        const auto entry = audit_entry(
            by.caller, by.actor, "token.create", "token:" + std::to_string(*id), now, detail.str()
        );
        if (const auto ok = record(db, entry); !ok) return std::unexpected(ok.error());
        return id;
    };
    const auto id = co_await pool_.transact(std::move(job));
    if (!id) co_return std::unexpected(id.error());
    co_return CreatedToken{*id, std::move(secret)};
}

asio::awaitable<Result<void>> AccountAdmin::revoke_token(Administrator by, std::uint64_t id) {
    const auto now = clock_();
    auto job = [by, id, now](Connection& db) -> Result<mysql::TokenDigest> {
        const auto token = mysql::revoke_api_token(db, id, now);
        if (!token) return token;
        const auto object = "token:" + std::to_string(id);
        const auto entry = audit_entry(by.caller, by.actor, "token.revoke", object, now);
        if (const auto ok = record(db, entry); !ok) return std::unexpected(ok.error());
        return token;
    };
    const auto token = co_await pool_.transact(std::move(job));
    if (!token) co_return std::unexpected(token.error());
    sessions_.forget_machine(*token);
    co_return Result<void>{};
}

}  // namespace hotline::auth
