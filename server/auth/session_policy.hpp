#pragma once

#include "integrations/mysql/session_store.hpp"
#include "server/auth/settings.hpp"
#include "ticketing/errors.hpp"

namespace hotline::auth {

// How long the session of a role may stay silent.
std::chrono::seconds idle_limit(ticketing::Role role, const Settings& settings);

// session_expired when it is over: absolutely, by idleness, because the account was disabled or its
// generation raised (password changed or reset, role changed, all sessions revoked), or because
// demonstration accounts are not admitted any more.
Result<void> check_alive(
    const mysql::SessionAndAccount& found, ticketing::Instant now, const Settings& settings
);

// True when nothing but changing the password is allowed: it is initial or too old.
bool must_change_password(
    const mysql::Account& account, ticketing::Instant now, const Settings& settings
);

// Valid, unrevoked and of this scope; else not_authenticated, and forbidden for another scope.
Result<void> check_token(
    const mysql::ApiToken& token, std::string_view scope, ticketing::Instant now
);

}  // namespace hotline::auth
