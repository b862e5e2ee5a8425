#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/session_store.hpp"
#include "integrations/redis/limits.hpp"
#include "server/auth/audit.hpp"
#include "server/auth/lockout.hpp"
#include "server/auth/password_hasher.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/settings.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace hotline::auth {

struct Credentials {
    std::string login;
    std::string password;
    Caller caller;
    std::optional<mysql::TokenDigest> previous;  // the session the browser still has: it ends
    std::string device;                          // X-Device: the session is this device's
};

struct LoggedIn {
    std::string token;  // for the cookie; nowhere else
    mysql::SessionAndAccount session;
};

// The log-in: limits per address and account, one argon2id whoever asks, a new session every time,
// one audit entry for every outcome. Unknown names, wrong passwords and disabled accounts cannot be
// told apart, neither by the answer nor by its time.
class LogIn {
public:
    LogIn(
        mysql::Pool& pool,
        PasswordHasher& hasher,
        redis::Limits& limits,
        Sessions& sessions,
        const Settings& settings,
        Clock clock
    );

    // Errors: rate_limited, account_locked, wrong_credentials, queue_full, store_unavailable.
    boost::asio::awaitable<Result<LoggedIn>> attempt(Credentials credentials);

    // Ends this session, everywhere at once.
    boost::asio::awaitable<Result<void>> log_out(mysql::SessionAndAccount session, Caller caller);

private:
    struct Charge {
        std::optional<mysql::Account> account;
        std::optional<std::chrono::seconds> wait;
    };
    boost::asio::awaitable<Result<LoggedIn>> decide(Credentials credentials);
    boost::asio::awaitable<Result<Charge>> charge(std::string login);
    boost::asio::awaitable<Result<bool>> verify(Charge charge, std::string password);
    boost::asio::awaitable<Result<LoggedIn>> admit(mysql::Account account, Credentials credentials);
    boost::asio::awaitable<Result<LoggedIn>> refuse(
        Charge charge, std::string why, Caller caller, Error error
    );

    mysql::Pool& pool_;
    PasswordHasher& hasher_;
    redis::Limits& limits_;
    Sessions& sessions_;
    const Settings& settings_;
    Clock clock_;
    StrangerTallies strangers_;
};

}  // namespace hotline::auth
