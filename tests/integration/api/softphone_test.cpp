#include "server/api/phone/softphone.hpp"

#include "integrations/crypto/telephone.hpp"
#include "integrations/mysql/account_store.hpp"
#include "tests/integration/auth/auth_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

// People with and without a telephone at an exchange that browsers sign in at.
struct SoftphoneWorld {
    AuthWorld auth;
    api::SoftphoneApi api{
        auth.guard, auth.pool, {"wss://pbx.example/ws", "pbx.example", "key"}, auth.clock
    };
    api::SoftphoneApi none{auth.guard, auth.pool, {}, auth.clock};
    ticketing::UserId id;

    Browser log_in(const std::string& login, Role role, const std::string& extension) {
        id = auth.account(login, role);
        set(extension);
        Browser browser{auth, {}, {}};
        REQUIRE(browser.log_in(login).status == 200);
        return browser;
    }
    void set(const std::string& extension) {
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::set_extension(db, id, extension);
        }));
    }
    bool offered(api::SoftphoneApi& at, const Browser& browser) {
        const auto answer = auth.run(at.show(browser.get()));
        REQUIRE(answer.status == 200);
        return body_of(answer).at("offered").as_bool();
    }
    std::string password(const Browser& browser) {
        const auto answer = auth.run(api.sign_in(browser.post()));
        REQUIRE(answer.status == 200);
        return text(body_of(answer).at("password"));
    }
    std::uint64_t sign_ins() {
        return auth.pool
            .transact_now([](mysql::Connection& db) -> Result<std::uint64_t> {
                const auto rows =
                    db.query("SELECT COUNT(*) FROM audit WHERE action='softphone.sign_in'", {});
                if (!rows) return std::unexpected(rows.error());
                return rows->front().unsigned_integer(0);
            })
            .value();
    }
};

}  // namespace

TEST_CASE("T54: an agent's browser is told by what its telephone signs in, and nothing keeps it") {
    SoftphoneWorld world;
    const auto agent = world.log_in("li.na", Role::agent, "8004");
    CHECK(world.offered(world.api, agent));
    CHECK(world.sign_ins() == 0);
    const auto answer = world.auth.run(world.api.sign_in(agent.post()));
    REQUIRE(answer.status == 200);
    const auto body = body_of(answer);
    CHECK(text(body.at("url")) == "wss://pbx.example/ws");
    CHECK(text(body.at("domain")) == "pbx.example");
    CHECK(text(body.at("extension")) == "8004");
    CHECK(
        text(body.at("password")) == crypto::telephone_password("key", world.id.value, "8004", 1)
    );
    bool kept_out = false;
    for (const auto& [name, value] : answer.headers) {
        kept_out = kept_out || (name == "cache-control" && value == "no-store");
    }
    CHECK(kept_out);
    CHECK(world.sign_ins() == 1);
}

TEST_CASE("T54: whoever is given an extension, even the same again, gets another password") {
    SoftphoneWorld world;
    const auto agent = world.log_in("li.na", Role::agent, "8004");
    const auto first = world.password(agent);
    CHECK(world.password(agent) == first);
    world.set("8004");
    const auto second = world.password(agent);
    CHECK(second != first);
    world.set("8005");
    world.set("8004");
    CHECK(world.password(agent) != first);
    CHECK(world.password(agent) != second);
    // Another's, at the number that was his.
    world.set("");
    const auto other = world.log_in("zhao.liu", Role::supervisor, "8004");
    CHECK(world.password(other) != first);
}

TEST_CASE("T54: who has no telephone, or none in a browser, is offered none and told no password") {
    SoftphoneWorld world;
    const auto agent = world.log_in("li.na", Role::agent, "");
    CHECK_FALSE(world.offered(world.api, agent));
    CHECK(world.auth.run(world.api.sign_in(agent.post())).status == 404);
    world.set("8004");
    CHECK_FALSE(world.offered(world.none, agent));
    CHECK(world.auth.run(world.none.sign_in(agent.post())).status == 404);
    CHECK(world.sign_ins() == 0);
    const auto clerk = world.log_in("clerk", Role::dispatcher, "8006");
    CHECK(world.auth.run(world.api.show(clerk.get())).status == 403);
    CHECK(world.auth.run(world.api.sign_in(clerk.post())).status == 403);
}

TEST_CASE("T54: the exchange is told of the telephones of accounts that are not disabled") {
    SoftphoneWorld world;
    world.log_in("li.na", Role::agent, "8005");
    const auto first = world.id;
    world.log_in("zhao.liu", Role::agent, "8004");
    const auto second = world.id;
    world.log_in("wang.wu", Role::agent, "");
    const auto listed = [&] {
        return world.auth.pool.transact_now(mysql::list_telephones).value();
    };
    using List = std::vector<mysql::Telephone>;
    CHECK(listed() == List{{second, "8004", 1}, {first, "8005", 1}});
    const auth::Administrator admin{{.user = {999}, .role = Role::admin}, {}};
    REQUIRE(world.auth.run(world.auth.admin.set_disabled(admin, second, true)));
    CHECK(listed() == List{{first, "8005", 1}});
    // Whoever comes back has another password than the one he left with.
    REQUIRE(world.auth.run(world.auth.admin.set_disabled(admin, second, false)));
    CHECK(listed() == List{{second, "8004", 2}, {first, "8005", 1}});
}
