#pragma once

#include "integrations/mysql/account_store.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"

#include <string>
#include <vector>

namespace hotline::auth {

// Who administers, from where: goes into the audit.
struct Administrator {
    ticketing::Actor actor;
    Caller caller;
};

// The fields a role cannot do without; empty = good.
std::vector<FieldError> check_account(const mysql::Account& wanted);

// What is done to an account, each with its audit entry, inside the caller's transaction. Reached
// from the administrator's screens and from the command line. Passwords arrive as hashes.

// `wanted` as check_account() wants it; must be changed at the first log-in. The account as stored.
Result<mysql::Account> create_account(
    mysql::Connection& db, const Administrator& by, mysql::Account wanted, ticketing::Instant now
);
// Disabling removes the account's sessions; not_found.
Result<void> set_account_disabled(
    mysql::Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    bool disabled,
    ticketing::Instant now
);
// Which telephone rings for the account; empty: none. not_found; validation_failed with field
// "extension" when it is another account's (conflict) or the account is on a call (rule_broken).
Result<void> set_account_extension(
    mysql::Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    const std::string& extension,
    bool english,
    ticketing::Instant now
);
// Removes the account's sessions; the new password must be changed at the next log-in. not_found.
Result<void> reset_account_password(
    mysql::Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    const std::string& password_hash,
    ticketing::Instant now
);

}  // namespace hotline::auth
