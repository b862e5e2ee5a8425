#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/session_store.hpp"
#include "server/auth/account_deeds.hpp"
#include "server/auth/password_hasher.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/settings.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::auth {

struct CreatedAccount {
    mysql::Account account;
    std::string initial_password;  // shown once, must be changed at the first log-in
};

struct CreatedToken {
    std::uint64_t id = 0;
    std::string token;  // shown once
};

// What an administrator does to accounts and machine tokens; each deed one transaction with its
// audit entry, and effective at once: sessions that must end, end. The caller has checked that the
// asker may (Verb::user_admin, Verb::token_admin).
class AccountAdmin {
public:
    AccountAdmin(mysql::Pool& pool, PasswordHasher& hasher, Sessions& sessions, Clock clock);

    // Of `wanted`: login, name, role, unit, official, division, extension. validation_failed with
    // the field when a role lacks its unit or official, or the login is taken.
    boost::asio::awaitable<Result<CreatedAccount>> create(Administrator by, mysql::Account wanted);
    // not_found, or guard_failed ("self"): nobody locks himself out.
    boost::asio::awaitable<Result<void>> set_disabled(
        Administrator by, ticketing::UserId id, bool disabled
    );
    // Digits, or empty for no telephone; as set_account_extension() has it.
    boost::asio::awaitable<Result<void>> set_extension(
        Administrator by, ticketing::UserId id, std::string extension, bool english
    );
    // The new initial password.
    boost::asio::awaitable<Result<std::string>> reset_password(
        Administrator by, ticketing::UserId id
    );

    boost::asio::awaitable<Result<CreatedToken>> create_token(
        Administrator by, std::string name, std::string scope, std::optional<int> days
    );
    boost::asio::awaitable<Result<void>> revoke_token(Administrator by, std::uint64_t id);

private:
    mysql::Pool& pool_;
    PasswordHasher& hasher_;
    Sessions& sessions_;
    Clock clock_;
};

}  // namespace hotline::auth
