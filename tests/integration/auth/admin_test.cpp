#include "tests/integration/auth/auth_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

Browser logged_in(AuthWorld& world, const std::string& login, const std::string& password) {
    Browser browser{world};
    REQUIRE(browser.log_in(login, password).status == 200);
    return browser;
}

Browser administrator(AuthWorld& world) {
    world.account("admin", Role::admin);
    return logged_in(world, "admin", "Willow-Tea-42");
}

http::Request naming(http::Request request, const std::string& param, std::uint64_t id) {
    request.params[param] = std::to_string(id);
    return request;
}

}  // namespace

TEST_CASE("an account made by an administrator starts with a one-time password") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto made = world.run(world.admin_api.create_user(
        admin.post(R"({"login":"zhao.liu","name":"赵六","role":"agent","extension":"8001"})")
    ));
    REQUIRE(made.status == 201);
    const auto body = body_of(made);
    CHECK(text(body.at("user").at("extension")) == "8001");
    const std::string initial(body.at("initial_password").as_string());
    const auto fresh = logged_in(world, "zhao.liu", initial);
    CHECK(
        world.run(world.guard.who(fresh.get())).error().code == ErrorCode::password_change_required
    );

    const auto again = world.run(world.admin_api.create_user(
        admin.post(R"({"login":"zhao.liu","name":"赵六","role":"agent"})")
    ));
    CHECK(text(body_of(again).at("errors").at(0).at("field")) == "login");
}

TEST_CASE("what a role cannot do without is asked for, and units must exist") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto fields = [&](const std::string& body) {
        std::vector<std::string> out;
        const auto response = world.run(world.admin_api.create_user(admin.post(body)));
        CHECK(response.status == 422);
        const auto refused = body_of(response);
        for (const auto& error : refused.at("errors").as_array()) {
            out.emplace_back(error.at("field").as_string());
        }
        return out;
    };
    using Names = std::vector<std::string>;
    CHECK(
        fields(R"({"login":"a b","name":"x","role":"official"})") ==
        Names{"login", "unit_id", "official_id"}
    );
    CHECK(fields(R"({"login":"ab","name":"x","role":"machine"})") == Names{"role"});
    CHECK(
        fields(R"({"login":"ab","name":"x","role":"unit_clerk","unit_id":99})") == Names{"unit_id"}
    );
    CHECK(fields(R"({"name":"x","admin":true})") == Names{"login", "role", "admin"});
}

TEST_CASE("disabling ends every session at once, enabling admits again") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto id = world.account("li.na").value;
    const auto browser = logged_in(world, "li.na", "Willow-Tea-42");
    REQUIRE(world.run(world.guard.who(browser.get())));
    const auto disable = naming(admin.post(), "user_id", id);
    REQUIRE(world.run(world.admin_api.disable_user(disable)).status == 204);
    CHECK(world.run(world.guard.who(browser.get())).error().code == ErrorCode::session_expired);
    CHECK(Browser{world}.log_in("li.na").status == 401);
    REQUIRE(
        world.run(world.admin_api.enable_user(naming(admin.post(), "user_id", id))).status == 204
    );
    CHECK(Browser{world}.log_in("li.na").status == 200);
    CHECK(
        world.run(world.admin_api.disable_user(naming(admin.post(), "user_id", 999))).status == 404
    );
}

TEST_CASE("L9: administrators cannot disable themselves and have one session") {
    AuthWorld world;
    const auto first = administrator(world);
    const auto second = logged_in(world, "admin", "Willow-Tea-42");
    CHECK_FALSE(world.run(world.guard.who(first.get())));
    const auto me = world.run(world.guard.who(second.get()));
    REQUIRE(me);
    const auto refused =
        world.run(world.admin_api.disable_user(naming(second.post(), "user_id", me->user.value)));
    CHECK(code_of(refused) == "guard_failed");
}

TEST_CASE("T53: a telephone rings for one account, may be changed, and not during a call") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto first = world.account("li.na", Role::agent).value;
    const auto second = world.account("zhao.liu", Role::supervisor).value;
    const auto set = [&](std::uint64_t account, const std::string& extension) {
        const auto body = R"({"extension":")" + extension + R"("})";
        return world.run(world.admin_api.set_extension(naming(admin.post(body), "user_id", account))
        );
    };
    const auto extension_of = [&](std::uint64_t account) {
        const auto row = world.pool.transact_now([&](mysql::Connection& db) {
            return mysql::account_by_id(db, ticketing::UserId(account));
        });
        return row.value().value().extension;
    };
    CHECK(set(first, "8031").status == 204);
    CHECK(set(first, "8031").status == 204);
    CHECK(extension_of(first) == "8031");
    CHECK(set(second, "8031").status == 422);
    CHECK(set(second, "8 32").status == 422);
    CHECK(set(999'999, "8032").status == 404);
    CHECK(extension_of(second).empty());
    // Whoever left does not keep it.
    REQUIRE(
        world.run(world.admin_api.disable_user(naming(admin.post(), "user_id", first))).status ==
        204
    );
    CHECK(set(second, "8031").status == 204);
    CHECK(extension_of(second) == "8031");
    const auto stands = [&](const std::string& call) {
        const auto done = world.pool.transact_now([&](mysql::Connection& db) {
            return db.execute(
                "REPLACE INTO agent_standing (account_id,state,reason,since,source,call_id) VALUES "
                "(?,5,0,?,'pbx',?)",
                {second, world.now, call}
            );
        });
        REQUIRE(done);
    };
    stands("c-1");
    CHECK(set(second, "8033").status == 422);
    stands("");
    // Back again, he finds it taken.
    REQUIRE(
        world.run(world.admin_api.enable_user(naming(admin.post(), "user_id", first))).status == 204
    );
    CHECK(extension_of(first).empty());
    CHECK(extension_of(second) == "8031");
    CHECK(set(second, "").status == 204);
    CHECK(extension_of(second).empty());
}

TEST_CASE("resetting a password ends the sessions, unlocks and demands a change") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto id = world.account("li.na").value;
    const auto browser = logged_in(world, "li.na", "Willow-Tea-42");
    for (int i = 0; i < 5; ++i) {
        Browser{world}.log_in("li.na", "wrong");
        world.now += 10s;
    }
    const auto reset =
        world.run(world.admin_api.reset_password(naming(admin.post(), "user_id", id)));
    REQUIRE(reset.status == 200);
    CHECK(world.run(world.guard.who(browser.get())).error().code == ErrorCode::session_expired);
    const std::string initial(body_of(reset).at("initial_password").as_string());
    CHECK(Browser{world}.log_in("li.na").status == 401);
    CHECK(Browser{world}.log_in("li.na", initial).status == 200);
}

TEST_CASE("only administrators administer and only auditors read the audit") {
    AuthWorld world;
    const auto admin = administrator(world);
    world.account("auditor", Role::auditor);
    world.account("agent", Role::agent);
    const auto auditor = logged_in(world, "auditor", "Willow-Tea-42");
    const auto agent = logged_in(world, "agent", "Willow-Tea-42");
    for (const auto* browser : {&auditor, &agent}) {
        CHECK(world.run(world.admin_api.list_users(browser->get())).status == 403);
        CHECK(world.run(world.admin_api.create_token(browser->post())).status == 403);
    }
    CHECK(world.run(world.audit_api.list(admin.get())).status == 403);
    CHECK(world.run(world.audit_api.list(agent.get())).status == 403);
    CHECK(world.run(world.audit_api.list(auditor.get())).status == 200);
    CHECK(world.run(world.admin_api.list_users(Browser{world}.get())).status == 401);
}

TEST_CASE("users are listed in pages and found by a part of their name, taken literally") {
    AuthWorld world;
    const auto admin = administrator(world);
    for (int i = 0; i < 5; ++i) world.account("user" + std::to_string(i));
    world.account("100%");
    auto request = admin.get();
    request.query["limit"] = "4";
    std::vector<std::string> logins;
    for (;;) {
        const auto page = body_of(world.run(world.admin_api.list_users(request)));
        for (const auto& item : page.at("items").as_array()) {
            logins.emplace_back(item.at("login").as_string());
        }
        const auto* next = page.if_contains("next_cursor");
        if (next == nullptr) break;
        request.query["cursor"] = std::string(next->as_string());
    }
    CHECK(
        logins ==
        std::vector<std::string>{"admin", "user0", "user1", "user2", "user3", "user4", "100%"}
    );
    request = admin.get();
    request.query["q"] = "%";
    CHECK(
        body_of(world.run(world.admin_api.list_users(request))).at("items").as_array().size() == 1
    );
}

TEST_CASE("L7: a machine token is shown once, works in its scope only and dies when revoked") {
    AuthWorld world;
    const auto admin = administrator(world);
    const auto made = body_of(world.run(
        world.admin_api.create_token(admin.post(R"({"name":"platform","scope":"cti","days":30})"))
    ));
    const std::string token(made.at("token").as_string());
    auto request = Browser{world}.post();
    request.headers.push_back({"authorization", "Bearer " + token});
    const auto machine = world.run(world.guard.machine(request, "cti"));
    REQUIRE(machine);
    CHECK(machine->role == Role::machine);
    CHECK(machine->token_scope == "cti");
    CHECK(world.run(world.guard.machine(request, "intake")).error().code == ErrorCode::forbidden);
    CHECK(
        world.run(world.guard.machine(admin.post(), "cti")).error().code ==
        ErrorCode::not_authenticated
    );

    const auto listed = world.run(world.admin_api.list_tokens(admin.get()));
    CHECK(listed.body.find(token) == std::string::npos);
    CHECK(body_of(listed).at("items").at(0).as_object().contains("last_used_at"));

    auto revoke = naming(
        admin.request(http::Method::del), "token_id", made.at("id").to_number<std::uint64_t>()
    );
    CHECK(world.run(world.admin_api.revoke_token(revoke)).status == 204);
    CHECK(
        world.run(world.guard.machine(request, "cti")).error().code == ErrorCode::not_authenticated
    );
    CHECK(
        world.run(world.admin_api.create_token(admin.post(R"({"name":"x","scope":"all"})")))
            .status == 422
    );
}
