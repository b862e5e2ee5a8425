#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/session_store.hpp"
#include "server/auth/settings.hpp"
#include "server/auth/trust_cache.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string_view>

namespace hotline::auth {

// Log-ins and machine tokens as this server sees them: the database's word, at most
// Settings::trust old.
class Sessions {
public:
    // Whether the look-up is the person's doing and so keeps the session from idling out.
    enum class Activity { person, none };

    // Told of accounts whose sessions ended here, so that the app can tell the other servers, which
    // then call forget_account(). Without it they notice within Settings::trust.
    using OnEnded = std::function<void(ticketing::UserId)>;

    Sessions(mysql::Pool& pool, const Settings& settings, Clock clock, OnEnded on_ended = {});

    // The live session of this token. session_expired when there is
    // none (any more), store_unavailable when nobody can say. While the database is away a session
    // known from the last Settings::offline_trust counts.
    boost::asio::awaitable<Result<mysql::SessionAndAccount>> find(
        mysql::TokenDigest token, Activity activity = Activity::person
    );

    // The machine token, unrevoked and of this scope.
    boost::asio::awaitable<Result<mysql::ApiToken>> find_machine(
        mysql::TokenDigest token, std::string scope
    );

    // After a transaction that deleted this one session.
    void forget(const mysql::TokenDigest& token) { people_.erase(token); }
    // After a transaction that ended the account's sessions: drops them here and tells the others.
    void account_ended(ticketing::UserId account);
    // What another server tells.
    void forget_account(ticketing::UserId account);
    void forget_machine(const mysql::TokenDigest& token);

    // Deletes rows of sessions long over; the count. Call it every few minutes.
    boost::asio::awaitable<Result<std::uint64_t>> purge();

private:
    boost::asio::awaitable<Result<mysql::SessionAndAccount>> load(
        mysql::TokenDigest token, Activity activity
    );
    Result<mysql::SessionAndAccount> judge(mysql::SessionAndAccount found, Activity activity);

    mysql::Pool& pool_;
    const Settings& settings_;
    Clock clock_;
    OnEnded on_ended_;
    TrustCache<mysql::SessionAndAccount> people_;
    TrustCache<mysql::ApiToken> machines_;
};

}  // namespace hotline::auth
