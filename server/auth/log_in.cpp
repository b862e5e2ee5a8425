#include "server/auth/log_in.hpp"

#include "integrations/crypto/token.hpp"
#include "server/tasks.hpp"

namespace hotline::auth {
namespace {

namespace asio = boost::asio;
using mysql::Account;
using mysql::Connection;

bool admits(const Account& account, const Settings& settings) {
    return !account.disabled && (settings.demonstration || !account.demonstration);
}

// Everything that becomes true with a log-in, in one transaction.
struct Admission {
    Account verified;
    std::optional<std::string> rehashed;
    mysql::Session session;
    std::optional<mysql::TokenDigest> previous;
    mysql::AuditEntry audit;
};

Result<mysql::SessionAndAccount> write_admission(Connection& db, const Admission& admission) {
    const auto id = admission.verified.id;
    const auto current = mysql::account_by_id(db, id, mysql::RowLock::for_update);
    if (!current) return std::unexpected(current.error());
    // Changed, reset or disabled while the password was being verified.
    if (!*current || (*current)->generation != admission.verified.generation) {
        return fail(ErrorCode::wrong_credentials);
    }
    if (const auto ok = mysql::set_failures(db, id, 0, std::nullopt); !ok) {
        return std::unexpected(ok.error());
    }
    if (admission.rehashed) {
        const auto ok = mysql::set_password_hash(db, id, *admission.rehashed);
        if (!ok) return std::unexpected(ok.error());
    }
    if (admission.previous) {
        const auto ended = mysql::delete_session(db, *admission.previous);
        if (!ended) return std::unexpected(ended.error());
    }
    // One session at a time for those who can make accounts.
    if (admission.verified.role == ticketing::Role::admin) {
        const auto ended = mysql::delete_sessions_of(db, id);
        if (!ended) return std::unexpected(ended.error());
    }
    if (const auto ok = mysql::insert_session(db, admission.session); !ok) {
        return std::unexpected(ok.error());
    }
    if (const auto ok = record(db, admission.audit); !ok) return std::unexpected(ok.error());
    mysql::SessionAndAccount out{admission.session, admission.verified};
    out.account.password.clear();
    return out;
}

}  // namespace

LogIn::LogIn(
    mysql::Pool& pool,
    PasswordHasher& hasher,
    redis::Limits& limits,
    Sessions& sessions,
    const Settings& settings,
    Clock clock
)
    : pool_(pool),
      hasher_(hasher),
      limits_(limits),
      sessions_(sessions),
      settings_(settings),
      clock_(std::move(clock)) {}

asio::awaitable<Result<LoggedIn>> LogIn::attempt(Credentials credentials) {
    const auto started = std::chrono::steady_clock::now();
    const auto taken = co_await limits_.take(
        "login:" + credentials.caller.address,
        settings_.attempts_per_address,
        std::chrono::minutes{1}
    );
    if (!taken.allowed) {
        co_return fail(ErrorCode::rate_limited, std::to_string(taken.wait.count()));
    }
    auto outcome = co_await decide(std::move(credentials));
    if (!outcome) {
        const auto rest = started + settings_.refusal_floor - std::chrono::steady_clock::now();
        if (rest > std::chrono::nanoseconds::zero()) co_await sleep_for(rest);
    }
    co_return outcome;
}

asio::awaitable<Result<LoggedIn>> LogIn::decide(Credentials credentials) {
    const auto charged_now = co_await charge(credentials.login);
    if (!charged_now) co_return std::unexpected(charged_now.error());
    if (charged_now->wait) {
        const Error error{
            ErrorCode::account_locked, std::to_string(charged_now->wait->count()), {}
        };
        co_return co_await refuse(*charged_now, "locked", credentials.caller, error);
    }
    const auto good = co_await verify(*charged_now, credentials.password);
    if (!good) co_return std::unexpected(good.error());
    const Error wrong{ErrorCode::wrong_credentials, {}, {}};
    if (!charged_now->account) {
        co_return co_await refuse(*charged_now, "unknown", credentials.caller, wrong);
    }
    if (!*good) co_return co_await refuse(*charged_now, "password", credentials.caller, wrong);
    if (!admits(*charged_now->account, settings_)) {
        co_return co_await refuse(*charged_now, "disabled", credentials.caller, wrong);
    }
    co_return co_await admit(*charged_now->account, std::move(credentials));
}

// The attempt is counted as a failure before it is looked at; success takes the count back.
asio::awaitable<Result<LogIn::Charge>> LogIn::charge(std::string login) {
    const auto now = clock_();
    auto job = [login, now, rules = settings_.lock](Connection& db) -> Result<Charge> {
        const auto account = mysql::account_by_login(db, login, mysql::RowLock::for_update);
        if (!account) return std::unexpected(account.error());
        if (!*account) return Charge{};
        const Tally tally{(*account)->failures, (*account)->locked_until};
        if (const auto wait = wait_for(tally, now)) return Charge{*account, wait};
        const Tally after = charged(tally, now, rules);
        const auto kept =
            mysql::set_failures(db, (*account)->id, after.failures, after.locked_until);
        if (!kept) return std::unexpected(kept.error());
        return Charge{*account, std::nullopt};
    };
    auto charged_now = co_await pool_.transact(std::move(job));
    if (charged_now && !charged_now->account) {
        charged_now->wait = strangers_.charge(login, now, settings_.lock);
    }
    co_return charged_now;
}

asio::awaitable<Result<bool>> LogIn::verify(Charge charge, std::string password) {
    if (!charge.account) co_return co_await hasher_.verify_nothing(std::move(password));
    co_return co_await hasher_.verify(std::move(password), charge.account->password);
}

asio::awaitable<Result<LoggedIn>> LogIn::admit(Account account, Credentials credentials) {
    Admission admission;
    if (crypto::needs_rehash(account.password, hasher_.cost())) {
        auto made = co_await hasher_.hash(credentials.password);
        if (!made) co_return std::unexpected(made.error());
        admission.rehashed = std::move(*made);
    }
    const auto now = clock_();
    std::string token = crypto::random_token();
    admission.session = mysql::Session{
        .token = crypto::token_digest(token),
        .account = account.id,
        .generation = account.generation,
        .csrf_token = crypto::random_token(),
        .created_at = now,
        .seen_at = now,
        .expires_at = now + settings_.absolute,
        .address = credentials.caller.address,
        .user_agent = credentials.caller.user_agent,
        .device = credentials.device,
    };
    admission.previous = credentials.previous;
    admission.audit = audit_entry(
        credentials.caller, mysql::actor_of(account), "login", user_object(account.id), now
    );
    admission.verified = std::move(account);
    const bool alone = admission.verified.role == ticketing::Role::admin;
    auto job = [admission](Connection& db) { return write_admission(db, admission); };
    auto written = co_await pool_.transact(std::move(job));
    if (!written) co_return std::unexpected(written.error());
    if (credentials.previous) sessions_.forget(*credentials.previous);
    if (alone) sessions_.account_ended(written->account.id);
    co_return LoggedIn{std::move(token), std::move(*written)};
}

asio::awaitable<Result<void>> LogIn::log_out(mysql::SessionAndAccount session, Caller caller) {
    const auto& account = session.account;
    const auto entry =
        audit_entry(caller, mysql::actor_of(account), "logout", user_object(account.id), clock_());
    auto job = [entry, token = session.session.token](Connection& db) -> Result<void> {
        const auto deleted = mysql::delete_session(db, token);
        if (!deleted) return std::unexpected(deleted.error());
        return record(db, entry);
    };
    const auto written = co_await pool_.transact(std::move(job));
    if (written) sessions_.account_ended(account.id);
    co_return written;
}

asio::awaitable<Result<LoggedIn>> LogIn::refuse(
    Charge charge, std::string why, Caller caller, Error error
) {
    // A stranger's name is not written down: people type passwords into that field.
    ticketing::Actor actor;
    actor.role = ticketing::Role::system;
    if (charge.account) actor = mysql::actor_of(*charge.account);
    auto entry = audit_entry(
        caller,
        actor,
        "login",
        charge.account ? user_object(charge.account->id) : "",
        clock_(),
        R"({"why":")" + why + R"("})"
    );
    entry.success = false;
    auto job = [entry](Connection& db) { return record(db, entry); };
    if (const auto kept = co_await pool_.transact(std::move(job)); !kept) {
        co_return std::unexpected(kept.error());
    }
    co_return std::unexpected(error);
}

}  // namespace hotline::auth
