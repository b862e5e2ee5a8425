#include "tests/integration/auth/auth_world.hpp"

#include <set>

using namespace hotline;
using namespace hotline::test;

TEST_CASE("logging in gives a session, the person's permissions and the CSRF token") {
    AuthWorld world;
    world.account("li.na");
    Browser browser{world};
    const auto response = browser.log_in("li.na");
    REQUIRE(response.status == 200);
    const auto body = body_of(response);
    CHECK(text(body.at("user").at("login")) == "li.na");
    CHECK(body.at("user").as_object().if_contains("password") == nullptr);
    CHECK(text(body.at("csrf_token")) == browser.csrf);
    CHECK_FALSE(body.at("permissions").as_array().empty());

    const auto me = world.run(world.api.me(browser.get()));
    CHECK(me.status == 200);
    CHECK(body_of(me).at("user") == body.at("user"));
    const auto who = world.run(world.guard.who(browser.get()));
    REQUIRE(who);
    CHECK(who->role == ticketing::Role::dispatcher);
}

TEST_CASE("the database holds no token and no password that could be used") {
    AuthWorld world;
    world.account("li.na");
    Browser browser{world};
    browser.log_in("li.na");
    const auto rows = world.pool.read_now([](mysql::Connection& db) {
        return db.query("SELECT token_digest FROM session");
    });
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().text(0) == crypto::as_chars(crypto::token_digest(browser.token)));
    CHECK(browser.token.find(rows->front().text(0)) == std::string::npos);
}

TEST_CASE("L1: a session handed to a browser beforehand does not survive its log-in") {
    AuthWorld world;
    world.account("attacker");
    world.account("victim");
    Browser attacker{world};
    attacker.log_in("attacker");
    Browser victim = attacker;  // the planted cookie
    REQUIRE(victim.log_in("victim").status == 200);
    CHECK(victim.token != attacker.token);
    const auto old = world.run(world.api.me(attacker.get()));
    CHECK(old.status == 401);
    const auto me = body_of(world.run(world.api.me(victim.get())));
    CHECK(text(me.at("user").at("login")) == "victim");
}

TEST_CASE("L5: unknown name, wrong password and disabled account get one answer and one argon2") {
    AuthWorld world;
    world.account("li.na");
    const auto disabled = world.account("gone");
    REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, disabled, true);
    }));
    Browser browser{world};
    std::set<std::string> answers;
    const std::vector<std::pair<std::string, std::string>> attempts{
        {"nobody", "Willow-Tea-42"}, {"li.na", "wrong"}, {"gone", "Willow-Tea-42"}
    };
    for (const auto& [login, password] : attempts) {
        const auto before = world.hasher.verifications();
        const auto response = browser.log_in(login, password);
        CHECK(response.status == 401);
        CHECK(world.hasher.verifications() == before + 1);
        answers.insert(response.body);
    }
    CHECK(answers.size() == 1);
    CHECK(browser.token.empty());
}

TEST_CASE("L5: no refusal leaves before the floor") {
    AuthWorld world;
    world.settings.refusal_floor = 150ms;
    Browser browser{world};
    const auto started = std::chrono::steady_clock::now();
    browser.log_in("nobody");
    CHECK(std::chrono::steady_clock::now() - started >= 150ms);
}

TEST_CASE("L4: five wrong passwords lock the account for ten minutes, the right one included") {
    AuthWorld world;
    world.account("li.na");
    Browser browser{world};
    for (int i = 0; i < 5; ++i) {
        CHECK(code_of(browser.log_in("li.na", "wrong")) == "wrong_credentials");
        world.now += 10s;
    }
    const auto before = world.hasher.verifications();
    const auto locked = browser.log_in("li.na");
    CHECK(code_of(locked) == "account_locked");
    CHECK(world.hasher.verifications() == before);
    world.now += 10min;
    CHECK(browser.log_in("li.na").status == 200);
}

TEST_CASE("L4: attempts in quick succession have to wait, and a success forgets the failures") {
    AuthWorld world;
    const auto id = world.account("li.na");
    Browser browser{world};
    browser.log_in("li.na", "wrong");
    browser.log_in("li.na", "wrong");
    CHECK(code_of(browser.log_in("li.na")) == "account_locked");
    world.now += 1s;
    CHECK(browser.log_in("li.na").status == 200);
    const auto account =
        world.pool.read_now([&](mysql::Connection& db) { return mysql::account_by_id(db, id); });
    CHECK((**account).failures == 0);
    CHECK_FALSE((**account).locked_until);
}

TEST_CASE("L4: names that are no accounts lock as well") {
    AuthWorld world;
    Browser browser{world};
    for (int i = 0; i < 5; ++i) {
        CHECK(code_of(browser.log_in("nobody", "wrong")) == "wrong_credentials");
        world.now += 10s;
    }
    CHECK(code_of(browser.log_in("nobody")) == "account_locked");
}

TEST_CASE("an address that tries too often is slowed down whatever names it tries") {
    AuthWorld world;
    world.settings.attempts_per_address = 3;
    world.account("li.na");
    Browser browser{world};
    for (int i = 0; i < 3; ++i) browser.log_in("name" + std::to_string(i));
    CHECK(code_of(browser.log_in("li.na")) == "rate_limited");
    Browser elsewhere{world};
    elsewhere.address = "192.0.2.8";
    CHECK(elsewhere.log_in("li.na").status == 200);
}

TEST_CASE("demonstration accounts are refused where they are not admitted") {
    AuthWorld world;
    const auto id = world.account("demo");
    REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
        return db.execute("UPDATE account SET demonstration = 1 WHERE id = ?", {id.value});
    }));
    Browser browser{world};
    CHECK(code_of(browser.log_in("demo")) == "wrong_credentials");
    world.settings.demonstration = true;
    CHECK(browser.log_in("demo").status == 200);
    CHECK(world.run(world.api.me(browser.get())).status == 200);
    world.settings.demonstration = false;
    CHECK(code_of(world.run(world.api.me(browser.get()))) == "session_expired");
}

TEST_CASE("L6: a foreign page cannot log a browser in") {
    AuthWorld world;
    world.account("li.na");
    Browser browser{world};
    browser.origin = "https://evil.example";
    CHECK(code_of(browser.log_in("li.na")) == "origin_not_allowed");
}

TEST_CASE("a hash made at an older cost is renewed at log-in") {
    AuthWorld world;
    const auto id = world.account("li.na");
    const auto old = *crypto::hash_password("Willow-Tea-42", {.passes = 2, .memory_kib = 64});
    REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_password_hash(db, id, old);
    }));
    Browser browser{world};
    REQUIRE(browser.log_in("li.na").status == 200);
    const auto account =
        world.pool.read_now([&](mysql::Connection& db) { return mysql::account_by_id(db, id); });
    CHECK_FALSE(crypto::needs_rehash((**account).password, world.settings.cost));
    CHECK(crypto::verify_password("Willow-Tea-42", (**account).password));
}

TEST_CASE("a log-in body is judged field by field") {
    AuthWorld world;
    Browser browser{world};
    const auto response = world.run(world.api.login(browser.post(R"({"login":7,"pass":"x"})")));
    CHECK(response.status == 422);
    const auto errors = body_of(response).at("errors").as_array();
    REQUIRE(errors.size() == 3);
    CHECK(text(errors[0].at("field")) == "login");
    CHECK(text(errors[1].at("field")) == "password");
    CHECK(text(errors[2].at("field")) == "pass");
}
