#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/session_store.hpp"
#include "server/auth/audit.hpp"
#include "server/auth/password_hasher.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/settings.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace hotline::auth {

struct PasswordChange {
    mysql::SessionAndAccount asker;
    std::string current;
    std::string replacement;
    Caller caller;
};

// People change their own password. Every other session of theirs ends, this one goes on. Wrong
// current passwords count like failed log-ins: a stolen session must not guess here.
class OwnPassword {
public:
    OwnPassword(
        mysql::Pool& pool,
        PasswordHasher& hasher,
        Sessions& sessions,
        const Settings& settings,
        Clock clock
    );

    // Errors: account_locked; validation_failed with field "current" (invalid_format, "wrong") or
    // "new" (see crypto/password_rules.hpp; also "same"); queue_full, store_unavailable.
    boost::asio::awaitable<Result<void>> change(PasswordChange change);

private:
    boost::asio::awaitable<Result<mysql::Account>> charge(ticketing::UserId id);
    boost::asio::awaitable<Result<void>> refuse_current(PasswordChange change);

    mysql::Pool& pool_;
    PasswordHasher& hasher_;
    Sessions& sessions_;
    const Settings& settings_;
    Clock clock_;
};

}  // namespace hotline::auth
