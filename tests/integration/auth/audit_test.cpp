#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "tests/integration/auth/auth_world.hpp"

#include <atomic>
#include <thread>

using namespace hotline;
using namespace hotline::test;
using mysql::Connection;

namespace {

Result<void> append(Connection& db, std::uint64_t user, const std::string& action) {
    mysql::AuditEntry entry;
    entry.at = ticketing::Instant{1'795'420'800'000ms};
    entry.user = ticketing::UserId{user};
    entry.action = action;
    entry.detail = R"({"名":"值"})";
    return mysql::append_audit(db, entry, crypto::sm3);
}

mysql::AuditVerdict verdict(mysql::Pool& pool) {
    return *pool.read_now([](Connection& db) { return mysql::verify_audit(db, crypto::sm3); });
}

}  // namespace

TEST_CASE("A2: entries written at once by many hands make dense, intact chains") {
    mysql::Pool pool{schema_without_people(), {.threads = 4}};
    std::vector<std::jthread> hands;
    std::atomic<int> failed = 0;
    for (std::uint64_t hand = 0; hand < 4; ++hand) {
        hands.emplace_back([&, hand] {
            for (std::uint64_t i = 0; i < 50; ++i) {
                const auto user = hand % 2 == 0 ? 1 : i;
                if (!pool.transact_now([&](Connection& db) { return append(db, user, "act"); })) {
                    ++failed;
                }
            }
        });
    }
    hands.clear();
    CHECK(failed == 0);
    const auto found = verdict(pool);
    CHECK(found.entries == 200);
    CHECK_FALSE(found.first_broken);
}

TEST_CASE("A3: every way of tampering with the log is found") {
    const std::vector<std::string> tamperings{
        "UPDATE audit SET action = 'other' WHERE shard = 1 AND seq = 3",
        "UPDATE audit SET detail = REPLACE(detail, '值', '直') WHERE shard = 1 AND seq = 3",
        "UPDATE audit SET success = 0 WHERE shard = 1 AND seq = 3",
        "UPDATE audit SET user_id = NULL WHERE shard = 1 AND seq = 3",
        "UPDATE audit SET at = at + INTERVAL 1 SECOND WHERE shard = 1 AND seq = 3",
        "DELETE FROM audit WHERE shard = 1 AND seq = 3",
        "DELETE FROM audit WHERE shard = 1 AND seq = 5",
        "DELETE FROM audit WHERE shard = 1",
        "DELETE FROM audit_head WHERE shard = 1",
    };
    for (const auto& tampering : tamperings) {
        CAPTURE(tampering);
        mysql::Pool pool{schema_without_people(), {.threads = 1}};
        for (int i = 0; i < 5; ++i) {
            REQUIRE(pool.transact_now([](Connection& db) { return append(db, 1, "act"); }));
        }
        REQUIRE_FALSE(verdict(pool).first_broken);
        REQUIRE(pool.transact_now([&](Connection& db) { return db.execute(tampering); }));
        const auto found = verdict(pool);
        REQUIRE(found.first_broken);
        CHECK(found.first_broken->shard == 1);
    }
}

TEST_CASE("an entry rolled back leaves no gap") {
    mysql::Pool pool{schema_without_people(), {.threads = 1}};
    const auto refused = pool.transact_now([](Connection& db) -> Result<void> {
        REQUIRE(append(db, 1, "undone"));
        return fail(ErrorCode::guard_failed);
    });
    CHECK_FALSE(refused);
    REQUIRE(pool.transact_now([](Connection& db) { return append(db, 1, "done"); }));
    CHECK(verdict(pool).entries == 1);
    CHECK_FALSE(verdict(pool).first_broken);
}

TEST_CASE("over-long texts are cut between characters and still verify") {
    mysql::Pool pool{schema_without_people(), {.threads = 1}};
    std::string action = "x";
    for (int i = 0; i < 20; ++i) action += "渭";
    REQUIRE(pool.transact_now([&](Connection& db) { return append(db, 1, action); }));
    CHECK_FALSE(verdict(pool).first_broken);
}

TEST_CASE("log-ins, refusals and changes stand in the auditor's list, without secrets") {
    AuthWorld world;
    world.account("auditor", ticketing::Role::auditor);
    Browser stranger{world};
    stranger.log_in("Willow-Tea-42", "typed in the wrong field");
    stranger.log_in("auditor", "wrong");
    Browser auditor{world};
    REQUIRE(auditor.log_in("auditor").status == 200);

    auto request = auditor.get();
    request.query["limit"] = "2";
    std::vector<boost::json::object> entries;
    std::string everything;
    for (int page = 0; page < 5; ++page) {
        world.now += 1s;
        request.query["action"] = "login";
        const auto response = world.run(world.audit_api.list(request));
        REQUIRE(response.status == 200);
        everything += response.body;
        const auto body = body_of(response);
        for (const auto& item : body.at("items").as_array()) entries.push_back(item.as_object());
        const auto* next = body.if_contains("next_cursor");
        if (next == nullptr) break;
        request.query["cursor"] = std::string(next->as_string());
    }
    REQUIRE(entries.size() == 3);
    int refused = 0;
    for (const auto& entry : entries) refused += entry.at("success").as_bool() ? 0 : 1;
    CHECK(refused == 2);
    CHECK(everything.find("Willow") == std::string::npos);
    CHECK(everything.find("192.0.2.7") != std::string::npos);

    const auto verified = body_of(world.run(world.audit_api.verify(auditor.get())));
    CHECK(verified.at("intact").as_bool());
    auto odd = auditor.get();
    odd.query["cursor"] = "1-2";
    CHECK(world.run(world.audit_api.list(odd)).status == 422);
}
