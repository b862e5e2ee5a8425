#include "tests/integration/auth/auth_world.hpp"

using namespace hotline;
using namespace hotline::test;

namespace {

std::string who(AuthWorld& world, const Browser& browser) {
    const auto actor = world.run(world.guard.who(browser.get()));
    return actor ? "ok" : std::string(name(actor.error().code));
}

std::string changing(AuthWorld& world, const Browser& browser) {
    const auto actor = world.run(world.guard.who(browser.post()));
    return actor ? "ok" : std::string(name(actor.error().code));
}

Browser logged_in(AuthWorld& world, const std::string& login) {
    Browser browser{world};
    REQUIRE(browser.log_in(login).status == 200);
    return browser;
}

}  // namespace

TEST_CASE("L2: silence ends a session, use keeps it, twelve hours end it all the same") {
    AuthWorld world;
    world.account("li.na");
    auto browser = logged_in(world, "li.na");
    for (int i = 0; i < 51; ++i) {
        world.now += 14min;
        REQUIRE(who(world, browser) == "ok");
    }
    world.now += 7min;
    CHECK(who(world, browser) == "session_expired");

    browser = logged_in(world, "li.na");
    world.now += 15min;
    CHECK(who(world, browser) == "session_expired");
}

TEST_CASE("use is written down at most once a minute, and another server sees it") {
    AuthWorld world;
    world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    const auto seen_at = [&] {
        return world.pool
            .read_now([](mysql::Connection& db) { return db.query("SELECT seen_at FROM session"); })
            ->front()
            .time(0);
    };
    const auto start = world.now;
    world.now += 59s;
    who(world, browser);
    CHECK(seen_at() == start);
    world.now += 3s;
    who(world, browser);
    CHECK(seen_at() == start + 62s);

    auth::Sessions other{world.pool, world.settings, world.clock};
    world.now += 15min - 1s;
    CHECK(world.run(other.find(crypto::token_digest(browser.token))));
}

TEST_CASE("an open socket asking does not keep its session from idling out") {
    AuthWorld world;
    world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    const auto digest = crypto::token_digest(browser.token);
    for (int i = 0; i < 14; ++i) {
        world.now += 1min;
        REQUIRE(world.run(world.guard.alive(digest)));
    }
    world.now += 1min;
    CHECK_FALSE(world.run(world.guard.alive(digest)));
}

TEST_CASE("L2: logging out ends the session at once, in the cache too") {
    AuthWorld world;
    const auto id = world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    REQUIRE(who(world, browser) == "ok");
    const auto response = world.run(world.api.logout(browser.post()));
    CHECK(response.status == 204);
    CHECK(who(world, browser) == "session_expired");
    CHECK(world.ended == std::vector{id});
}

TEST_CASE("L2: a revocation made on another server counts within two seconds") {
    AuthWorld world;
    const auto id = world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    REQUIRE(who(world, browser) == "ok");
    REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, id, true);
    }));
    world.now += 2s;
    CHECK(who(world, browser) == "ok");
    world.now += 1ms;
    CHECK(who(world, browser) == "session_expired");
}

TEST_CASE("L2: told by another server, this one forgets at once") {
    AuthWorld world;
    const auto id = world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    REQUIRE(who(world, browser) == "ok");
    REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, id, true);
    }));
    world.sessions.forget_account(id);
    CHECK(who(world, browser) == "session_expired");
}

TEST_CASE("L3: with the database away sessions known of late go on for a quarter of an hour") {
    AuthWorld world;
    world.settings.idle = 2h;
    world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    REQUIRE(who(world, browser) == "ok");
    world.pool.stop();
    world.now += 15min;
    CHECK(who(world, browser) == "ok");
    CHECK(changing(world, browser) == "ok");
    world.now += 1s;
    CHECK(who(world, browser) == "store_unavailable");
    CHECK(code_of(Browser{world}.log_in("li.na")) == "store_unavailable");
}

TEST_CASE("L6: changing requests need the session's CSRF token and an allowed origin") {
    AuthWorld world;
    world.account("li.na");
    world.account("wang.wu");
    const auto good = logged_in(world, "li.na");
    CHECK(changing(world, good) == "ok");
    auto browser = good;
    browser.csrf = "";
    CHECK(changing(world, browser) == "csrf_failed");
    CHECK(who(world, browser) == "ok");
    browser.csrf = logged_in(world, "wang.wu").csrf;
    CHECK(changing(world, browser) == "csrf_failed");
    browser = good;
    browser.origin = "https://evil.example";
    CHECK(changing(world, browser) == "origin_not_allowed");
}

TEST_CASE("no cookie, a made-up cookie and a machine token all open nothing for people") {
    AuthWorld world;
    Browser browser{world};
    CHECK(who(world, browser) == "not_authenticated");
    browser.token = crypto::random_token();
    CHECK(who(world, browser) == "session_expired");
    browser.token = "";
    auto request = browser.get();
    request.headers.push_back({"authorization", "Bearer " + crypto::random_token()});
    CHECK(world.run(world.guard.who(request)).error().code == ErrorCode::not_authenticated);
}

TEST_CASE("L8: who must change the password can do that and nothing else") {
    AuthWorld world;
    world.account("li.na");
    auto browser = logged_in(world, "li.na");
    auto elsewhere = logged_in(world, "li.na");
    world.settings.password_days = 1;
    world.settings.idle = world.settings.absolute = 100h;
    world.now += 24h;
    CHECK(who(world, logged_in(world, "li.na")) == "password_change_required");
    browser = logged_in(world, "li.na");
    elsewhere = logged_in(world, "li.na");
    CHECK(body_of(world.run(world.api.me(browser.get()))).at("must_change_password").as_bool());
    CHECK(code_of(world.run(world.api.live_ticket(browser.post()))) == "password_change_required");

    const auto change = [&](const std::string& current, const std::string& fresh) {
        return world.run(world.api.change_password(
            browser.post(R"({"current":")" + current + R"(","new":")" + fresh + R"("})")
        ));
    };
    CHECK(
        text(body_of(change("wrong", "River-Stone-77")).at("errors").at(0).at("field")) == "current"
    );
    const auto weak = change("Willow-Tea-42", "short");
    CHECK(text(body_of(weak).at("errors").at(0).at("field")) == "new");
    CHECK(change("Willow-Tea-42", "Willow-Tea-42").status == 422);
    REQUIRE(change("Willow-Tea-42", "River-Stone-77").status == 204);

    CHECK(who(world, browser) == "ok");
    CHECK(who(world, elsewhere) == "session_expired");
    CHECK(Browser{world}.log_in("li.na", "River-Stone-77").status == 200);
    CHECK(Browser{world}.log_in("li.na").status == 401);
}

TEST_CASE("guessing the current password in a stolen session locks like guessing at the log-in") {
    AuthWorld world;
    world.account("li.na");
    const auto thief = logged_in(world, "li.na");
    const auto guess = [&] {
        return world.run(
            world.api.change_password(thief.post(R"({"current":"guess","new":"River-Stone-77"})"))
        );
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(guess().status == 422);
        world.now += 10s;
    }
    CHECK(code_of(guess()) == "account_locked");
}

TEST_CASE("a WebSocket ticket opens once, within thirty seconds, from an allowed origin") {
    AuthWorld world;
    const auto id = world.account("li.na");
    const auto browser = logged_in(world, "li.na");
    const auto ticket = [&] {
        const auto response = world.run(world.api.live_ticket(browser.post()));
        REQUIRE(response.status == 200);
        return std::string(body_of(response).at("ticket").as_string());
    };
    const auto open = [&](const std::string& value, const std::string& origin) {
        auto request = Browser{world, "", "", origin}.get();
        request.query["ticket"] = value;
        return world.run(world.guard.by_live_ticket(request));
    };
    const std::string own = "https://hotline.example";
    const auto first = ticket();
    CHECK_FALSE(open(first, "https://evil.example"));
    const auto caller = open(first, own);
    REQUIRE(caller);
    CHECK(caller->actor.user == id);
    CHECK_FALSE(open(first, own));

    const auto second = ticket();
    world.now += 30s;
    CHECK_FALSE(open(second, own));

    std::string forged = ticket();
    forged[5] = forged[5] == 'A' ? 'B' : 'A';
    CHECK_FALSE(open(forged, own));
    CHECK_FALSE(open("", own));

    const auto last = ticket();
    REQUIRE(world.run(world.api.logout(browser.post())).status == 204);
    CHECK_FALSE(open(last, own));
}

TEST_CASE("sessions long over are cleared away, live ones stay") {
    AuthWorld world;
    world.account("li.na");
    logged_in(world, "li.na");
    world.now += 31min;
    const auto live = logged_in(world, "li.na");
    CHECK(world.run(world.sessions.purge()) == 1);
    CHECK(who(world, live) == "ok");
}
