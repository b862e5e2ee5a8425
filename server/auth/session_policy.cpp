#include "server/auth/session_policy.hpp"

namespace hotline::auth {

std::chrono::seconds idle_limit(ticketing::Role role, const Settings& settings) {
    // An agent may be half an hour on one call without touching the screen.
    return role == ticketing::Role::agent ? settings.idle_agent : settings.idle;
}

Result<void> check_alive(
    const mysql::SessionAndAccount& found, ticketing::Instant now, const Settings& settings
) {
    const auto& [session, account] = found;
    const bool over = now >= session.expires_at ||
                      now - session.seen_at >= idle_limit(account.role, settings) ||
                      account.disabled || session.generation != account.generation ||
                      (account.demonstration && !settings.demonstration);
    if (over) return fail(ErrorCode::session_expired);
    return {};
}

bool must_change_password(
    const mysql::Account& account, ticketing::Instant now, const Settings& settings
) {
    if (account.must_change) return true;
    // Demonstration passwords are printed for everybody; their age says nothing.
    if (settings.password_days == 0 || account.demonstration) return false;
    return now - account.password_at >= std::chrono::days{settings.password_days};
}

Result<void> check_token(
    const mysql::ApiToken& token, std::string_view scope, ticketing::Instant now
) {
    if (token.revoked_at || (token.expires_at && *token.expires_at <= now)) {
        return fail(ErrorCode::not_authenticated);
    }
    if (token.scope != scope) return fail(ErrorCode::forbidden);
    return {};
}

}  // namespace hotline::auth
