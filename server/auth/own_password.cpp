#include "server/auth/own_password.hpp"

#include "server/auth/lockout.hpp"

namespace hotline::auth {
namespace {

namespace asio = boost::asio;
using mysql::Account;
using mysql::Connection;

Result<void> check_replacement(const PasswordChange& change, const crypto::PasswordRules& rules) {
    auto errors =
        crypto::check_password(change.replacement, change.asker.account.login, rules, "new");
    if (change.replacement == change.current) {
        errors.push_back({"new", ErrorCode::invalid_format, "same"});
    }
    if (errors.empty()) return {};
    return std::unexpected(Error{ErrorCode::validation_failed, {}, std::move(errors)});
}

struct Replacement {
    Account verified;
    std::string hash;
    mysql::TokenDigest session{};
    ticketing::Instant now;
    mysql::AuditEntry audit;
};

Result<void> write_replacement(Connection& db, const Replacement& replacement) {
    const auto id = replacement.verified.id;
    const auto current = mysql::account_by_id(db, id, mysql::RowLock::for_update);
    if (!current) return std::unexpected(current.error());
    if (!*current || (*current)->generation != replacement.verified.generation) {
        return fail(ErrorCode::session_expired);
    }
    const auto ended = mysql::delete_sessions_of(db, id, replacement.session);
    if (!ended) return std::unexpected(ended.error());
    const auto set = mysql::set_password(db, id, replacement.hash, false, replacement.now);
    if (!set) return set;
    const auto renewed =
        mysql::set_session_generation(db, replacement.session, replacement.verified.generation + 1);
    if (!renewed) return renewed;
    return record(db, replacement.audit);
}

}  // namespace

OwnPassword::OwnPassword(
    mysql::Pool& pool,
    PasswordHasher& hasher,
    Sessions& sessions,
    const Settings& settings,
    Clock clock
)
    : pool_(pool),
      hasher_(hasher),
      sessions_(sessions),
      settings_(settings),
      clock_(std::move(clock)) {}

asio::awaitable<Result<void>> OwnPassword::change(PasswordChange change) {
    if (const auto good = check_replacement(change, settings_.rules); !good) co_return good;
    const auto id = change.asker.account.id;
    const auto account = co_await charge(id);
    if (!account) co_return std::unexpected(account.error());
    const auto right = co_await hasher_.verify(change.current, account->password);
    if (!right) co_return std::unexpected(right.error());
    if (!*right) co_return co_await refuse_current(std::move(change));
    auto hash = co_await hasher_.hash(change.replacement);
    if (!hash) co_return std::unexpected(hash.error());

    const auto now = clock_();
    const Replacement replacement{
        *account,
        std::move(*hash),
        change.asker.session.token,
        now,
        audit_entry(
            change.caller, mysql::actor_of(*account), "password.change", user_object(id), now
        )
    };
    auto job = [replacement](Connection& db) { return write_replacement(db, replacement); };
    const auto written = co_await pool_.transact(std::move(job));
    if (written) sessions_.account_ended(id);
    co_return written;
}

asio::awaitable<Result<Account>> OwnPassword::charge(ticketing::UserId id) {
    const auto now = clock_();
    auto job = [id, now, rules = settings_.lock](Connection& db) -> Result<Account> {
        const auto account = mysql::account_by_id(db, id, mysql::RowLock::for_update);
        if (!account) return std::unexpected(account.error());
        if (!*account) return fail(ErrorCode::session_expired);
        const Tally tally{(*account)->failures, (*account)->locked_until};
        if (const auto wait = wait_for(tally, now)) {
            return fail(ErrorCode::account_locked, std::to_string(wait->count()));
        }
        const Tally after = charged(tally, now, rules);
        const auto kept = mysql::set_failures(db, id, after.failures, after.locked_until);
        if (!kept) return std::unexpected(kept.error());
        return **account;
    };
    co_return co_await pool_.transact(std::move(job));
}

asio::awaitable<Result<void>> OwnPassword::refuse_current(PasswordChange change) {
    auto entry = audit_entry(
        change.caller,
        mysql::actor_of(change.asker.account),
        "password.change",
        user_object(change.asker.account.id),
        clock_(),
        R"({"why":"password"})"
    );
    entry.success = false;
    auto job = [entry](Connection& db) { return record(db, entry); };
    if (const auto kept = co_await pool_.transact(std::move(job)); !kept) co_return kept;
    co_return fail_field("current", ErrorCode::invalid_format, "wrong");
}

}  // namespace hotline::auth
