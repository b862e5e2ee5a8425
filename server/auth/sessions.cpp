#include "server/auth/sessions.hpp"

#include "server/auth/session_policy.hpp"

#include <algorithm>

namespace hotline::auth {
namespace {

namespace asio = boost::asio;
using mysql::SessionAndAccount;
using ticketing::Instant;

// A clock that went back makes nothing younger: what lies in the future is not believed.
bool younger_than(Instant confirmed, Instant now, std::chrono::milliseconds limit) {
    return confirmed <= now && now - confirmed <= limit;
}

bool store_is_away(const Error& error) {
    return error.code == ErrorCode::store_unavailable || error.code == ErrorCode::queue_full ||
           error.code == ErrorCode::deadline_exceeded;
}

// Reads the row and, once a minute, notes in it that the session is in use.
Result<std::optional<SessionAndAccount>> read_session(
    mysql::Connection& db,
    const mysql::TokenDigest& token,
    Instant now,
    Sessions::Activity activity,
    const Settings& settings
) {
    auto found = mysql::find_session(db, token);
    if (!found || !*found) return found;
    const auto& session = (*found)->session;
    if (activity == Sessions::Activity::none) return found;
    if (check_alive(**found, now, settings) && now - session.seen_at >= settings.touch_every) {
        const auto touched = mysql::touch_session(db, token, now);
        if (!touched) return std::unexpected(touched.error());
    }
    return found;
}

Result<std::optional<mysql::ApiToken>> read_token(
    mysql::Connection& db, const mysql::TokenDigest& digest, Instant now, const Settings& settings
) {
    auto found = mysql::find_api_token(db, digest);
    if (!found || !*found) return found;
    const auto& token = **found;
    const bool stale = !token.last_used_at || now - *token.last_used_at >= settings.touch_every;
    if (stale && check_token(token, token.scope, now)) {
        const auto touched = mysql::touch_api_token(db, token.id, now);
        if (!touched) return std::unexpected(touched.error());
    }
    return found;
}

}  // namespace

Sessions::Sessions(mysql::Pool& pool, const Settings& settings, Clock clock, OnEnded on_ended)
    : pool_(pool),
      settings_(settings),
      clock_(std::move(clock)),
      on_ended_(std::move(on_ended)),
      people_(settings.offline_trust),
      machines_(settings.offline_trust) {}

asio::awaitable<Result<SessionAndAccount>> Sessions::find(
    mysql::TokenDigest token, Activity activity
) {
    const Instant now = clock_();
    const auto cached = people_.find(token);
    if (cached && younger_than(cached->confirmed, now, settings_.trust)) {
        co_return judge(cached->value, activity);
    }
    auto loaded = co_await load(token, activity);
    if (loaded) co_return loaded;
    const bool known = cached && younger_than(cached->confirmed, now, settings_.offline_trust);
    if (known && store_is_away(loaded.error())) co_return judge(cached->value, activity);
    co_return loaded;
}

Result<SessionAndAccount> Sessions::judge(SessionAndAccount found, Activity activity) {
    const Instant now = clock_();
    const mysql::TokenDigest token = found.session.token;
    if (const auto alive = check_alive(found, now, settings_); !alive) {
        people_.erase(token);
        return std::unexpected(alive.error());
    }
    if (activity == Activity::none) return found;
    people_.update(token, [now](SessionAndAccount& kept) {
        kept.session.seen_at = std::max(kept.session.seen_at, now);
    });
    return found;
}

asio::awaitable<Result<SessionAndAccount>> Sessions::load(
    mysql::TokenDigest token, Activity activity
) {
    const Instant asked = clock_();
    const auto erasures = people_.erasures();
    auto job = [token, asked, activity, &settings = settings_](mysql::Connection& db) {
        return read_session(db, token, asked, activity, settings);
    };
    auto found = co_await pool_.read(std::move(job));
    if (!found) co_return std::unexpected(found.error());
    if (!*found) {
        people_.erase(token);
        co_return fail(ErrorCode::session_expired);
    }
    SessionAndAccount& loaded = **found;
    // The row lags up to a minute behind what this server itself has seen.
    if (const auto cached = people_.find(token)) {
        loaded.session.seen_at = std::max(loaded.session.seen_at, cached->value.session.seen_at);
    }
    people_.put(token, loaded, asked, erasures);
    co_return judge(std::move(loaded), activity);
}

asio::awaitable<Result<mysql::ApiToken>> Sessions::find_machine(
    mysql::TokenDigest token, std::string scope
) {
    const Instant now = clock_();
    const auto cached = machines_.find(token);
    std::optional<mysql::ApiToken> known;
    if (cached && younger_than(cached->confirmed, now, settings_.trust)) {
        known = cached->value;
    } else {
        const auto erasures = machines_.erasures();
        auto job = [token, now, &settings = settings_](mysql::Connection& db) {
            return read_token(db, token, now, settings);
        };
        auto found = co_await pool_.read(std::move(job));
        if (found && *found) {
            machines_.put(token, **found, now, erasures);
            known = **found;
        } else if (!found && cached && store_is_away(found.error()) &&
                   younger_than(cached->confirmed, now, settings_.offline_trust)) {
            known = cached->value;
        } else if (!found) {
            co_return std::unexpected(found.error());
        }
    }
    if (!known) co_return fail(ErrorCode::not_authenticated);
    if (const auto good = check_token(*known, scope, now); !good) {
        co_return std::unexpected(good.error());
    }
    co_return *known;
}

void Sessions::account_ended(ticketing::UserId account) {
    forget_account(account);
    if (on_ended_) on_ended_(account);
}

void Sessions::forget_account(ticketing::UserId account) {
    people_.erase_if([account](const SessionAndAccount& kept) { return kept.account.id == account; }
    );
}

void Sessions::forget_machine(const mysql::TokenDigest& token) {
    machines_.erase(token);
}

asio::awaitable<Result<std::uint64_t>> Sessions::purge() {
    const Instant now = clock_();
    const Instant seen_before = now - std::max(settings_.idle, settings_.idle_agent);
    auto job = [now, seen_before](mysql::Connection& db) {
        return mysql::purge_sessions(db, now, seen_before);
    };
    co_return co_await pool_.transact(std::move(job), mysql::Lane::background);
}

}  // namespace hotline::auth
