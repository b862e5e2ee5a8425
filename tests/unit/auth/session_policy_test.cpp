#include "server/auth/session_policy.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::auth;
using namespace std::chrono_literals;
using ticketing::Role;

namespace {

const ticketing::Instant logged_in_at{1'795'420'800'000ms};

mysql::SessionAndAccount session_of(Role role) {
    mysql::SessionAndAccount out;
    out.account.role = role;
    out.account.generation = out.session.generation = 3;
    out.account.password_at = logged_in_at;
    out.session.created_at = out.session.seen_at = logged_in_at;
    out.session.expires_at = logged_in_at + 12h;
    return out;
}

}  // namespace

TEST_CASE("L2: a session idles out after fifteen minutes, an agent's after thirty") {
    const Settings settings;
    for (const auto role : {Role::dispatcher, Role::official, Role::admin, Role::auditor}) {
        CHECK(check_alive(session_of(role), logged_in_at + 15min - 1ms, settings));
        CHECK_FALSE(check_alive(session_of(role), logged_in_at + 15min, settings));
    }
    CHECK(check_alive(session_of(Role::agent), logged_in_at + 30min - 1ms, settings));
    const auto over = check_alive(session_of(Role::agent), logged_in_at + 30min, settings);
    REQUIRE_FALSE(over);
    CHECK(over.error().code == ErrorCode::session_expired);
}

TEST_CASE("L2: a session ends after twelve hours however busy it is") {
    auto session = session_of(Role::dispatcher);
    session.session.seen_at = logged_in_at + 12h - 1s;
    CHECK(check_alive(session, logged_in_at + 12h - 1ms, {}));
    CHECK_FALSE(check_alive(session, logged_in_at + 12h, {}));
}

TEST_CASE("L2: disabling the account or raising its generation ends its sessions") {
    auto session = session_of(Role::dispatcher);
    session.account.generation = 4;
    CHECK_FALSE(check_alive(session, logged_in_at, {}));
    session = session_of(Role::dispatcher);
    session.account.disabled = true;
    CHECK_FALSE(check_alive(session, logged_in_at, {}));
}

TEST_CASE("demonstration accounts are admitted only where that is configured") {
    auto session = session_of(Role::dispatcher);
    session.account.demonstration = true;
    CHECK_FALSE(check_alive(session, logged_in_at, {}));
    Settings demo;
    demo.demonstration = true;
    CHECK(check_alive(session, logged_in_at, demo));
}

TEST_CASE("L8: initial and old passwords must be changed, demonstration ones do not age") {
    auto account = session_of(Role::dispatcher).account;
    CHECK_FALSE(must_change_password(account, logged_in_at + std::chrono::days{90} - 1ms, {}));
    CHECK(must_change_password(account, logged_in_at + std::chrono::days{90}, {}));
    Settings ageless;
    ageless.password_days = 0;
    CHECK_FALSE(must_change_password(account, logged_in_at + std::chrono::days{900}, ageless));
    account.demonstration = true;
    CHECK_FALSE(must_change_password(account, logged_in_at + std::chrono::days{900}, {}));
    account.must_change = true;
    CHECK(must_change_password(account, logged_in_at, ageless));
}

TEST_CASE("a machine token counts until it is revoked or over, and only in its scope") {
    mysql::ApiToken token;
    token.scope = "cti";
    CHECK(check_token(token, "cti", logged_in_at));
    CHECK(check_token(token, "intake", logged_in_at).error().code == ErrorCode::forbidden);
    token.expires_at = logged_in_at;
    CHECK(check_token(token, "cti", logged_in_at - 1ms));
    CHECK(check_token(token, "cti", logged_in_at).error().code == ErrorCode::not_authenticated);
    token.expires_at.reset();
    token.revoked_at = logged_in_at;
    CHECK(check_token(token, "cti", logged_in_at).error().code == ErrorCode::not_authenticated);
}
