#include "integrations/mysql/migrate.hpp"

#include "integrations/mysql/store_error.hpp"
#include "sla/policy_text.hpp"
#include "tests/support/private_stores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;

namespace {

constexpr std::string_view first_text =
    "-- a; comment\nCREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(20) DEFAULT ';');\n"
    "INSERT INTO a VALUES (1, 'x;y'); # end\n";
constexpr Migration first{1, "one", first_text};
constexpr Migration second{2, "two", "CREATE TABLE b (id INT PRIMARY KEY);"};

struct Session {
    ThreadScope scope;
    Settings settings = test::mariadb().new_schema();
    Connection db = std::move(Connection::open(settings).value());
};

}  // namespace

TEST_CASE("a script parts at semicolons outside of quotes and comments") {
    const auto statements = split_statements(
        "-- c; d\nA 'x;''y' \"z;\" `q;`;\n/* ; */ B # ;\n C; 'it\\'s;' ;\n;; D - 1 --x"
    );
    REQUIRE(statements.size() == 4);
    CHECK(statements[0] == "A 'x;''y' \"z;\" `q;`");
    CHECK(statements[1] == "B \n C");
    CHECK(statements[2] == "'it\\'s;'");
    CHECK(statements[3] == "D - 1 --x");
}

TEST_CASE("migrations are applied once and in order") {
    Session session;
    const std::array<Migration, 1> one{first};
    const std::array<Migration, 2> both{first, second};
    CHECK(migrate(session.db, one).value() == std::vector<std::string>{"0001_one"});
    CHECK_FALSE(schema_version_matches(session.db, both));
    CHECK(migrate(session.db, both).value() == std::vector<std::string>{"0002_two"});
    CHECK(migrate(session.db, both).value().empty());
    CHECK(schema_version_matches(session.db, both));
    CHECK(session.db.query("SELECT v FROM a")->front().text(0) == "x;y");
}

TEST_CASE("a dry run tells what is pending and changes nothing") {
    Session session;
    const std::array<Migration, 2> both{first, second};
    const auto pending = migrate(session.db, both, MigrateMode::dry_run);
    CHECK(pending.value() == std::vector<std::string>{"0001_one", "0002_two"});
    CHECK(session.db.query("SHOW TABLES")->empty());
}

TEST_CASE("a migration changed after it ran is refused") {
    Session session;
    const std::array<Migration, 1> one{first};
    REQUIRE(migrate(session.db, one));
    const std::array<Migration, 1> edited{Migration{1, "one", "CREATE TABLE a (id BIGINT);"}};
    const auto refused = migrate(session.db, edited);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK_FALSE(schema_version_matches(session.db, edited));
}

TEST_CASE("a schema newer than the program is refused") {
    Session session;
    const std::array<Migration, 2> both{first, second};
    const std::array<Migration, 1> one{first};
    REQUIRE(migrate(session.db, both));
    CHECK_FALSE(migrate(session.db, one));
    CHECK_FALSE(schema_version_matches(session.db, one));
}

TEST_CASE("a migration that failed in the middle resumes with the statement that failed") {
    Session session;
    REQUIRE(session.db.execute("CREATE TABLE b (x INT)"));
    const std::array<Migration, 1> broken{Migration{
        1, "m", "CREATE TABLE a (id INT); CREATE TABLE b (id INT); CREATE TABLE c (id INT)"
    }};
    const auto failed = migrate(session.db, broken);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().detail.find("migration 1 statement 2") == 0);
    CHECK_FALSE(schema_version_matches(session.db, broken));
    REQUIRE(session.db.execute("DROP TABLE b"));
    CHECK(migrate(session.db, broken).value().size() == 1);
    CHECK(schema_version_matches(session.db, broken));
}

TEST_CASE("four servers that start together migrate once") {
    Session session;
    std::atomic<std::size_t> applied = 0;
    std::atomic<unsigned> failed = 0;
    std::vector<std::thread> servers;
    for (int server = 0; server < 4; ++server)
        servers.emplace_back([&] {
            const ThreadScope scope;
            auto db = Connection::open(session.settings);
            const std::array<Migration, 2> both{first, second};
            const auto names = migrate(*db, both);
            if (names)
                applied += names->size();
            else
                ++failed;
        });
    for (std::thread& server : servers) server.join();
    CHECK(failed == 0);
    CHECK(applied == 2);
}

TEST_CASE("the migrations in this program apply to an empty schema") {
    Session session;
    REQUIRE(embedded_migrations().size() >= 1);
    const auto names = migrate(session.db);
    REQUIRE_MESSAGE(names.has_value(), (names ? "" : names.error().detail));
    CHECK(names->size() == embedded_migrations().size());
    CHECK(schema_version_matches(session.db));
    CHECK(session.db.query("SELECT next_value FROM serial_lease LIMIT 1").has_value());
}

TEST_CASE("a schema made by the first text of migration 37 is taken up and comes to the same") {
    constexpr std::string_view first_text_of_37 =
        "-- An outbox row says itself whether somebody may have to be told, and how soon: whoever "
        "hands it on to the notices needs no look at its\n"
        "-- event and its ticket. Rows of before say that somebody may; who it is, is found out "
        "anyway.\n"
        "ALTER TABLE outbox ADD COLUMN rank_no TINYINT UNSIGNED NOT NULL DEFAULT 0;\n"
        "UPDATE outbox o JOIN ticket t ON t.id=o.ticket_id SET o.rank_no=4-t.urgency;\n"
        "-- The table is as good as empty but in a rush, in which an index more is an eighth of "
        "what a row costs.\n"
        "ALTER TABLE outbox DROP KEY outbox_next;\n";
    Session session;
    const auto all = embedded_migrations();
    std::vector<Migration> then(all.begin(), all.begin() + 36);
    then.push_back({37, "outbox_rank", first_text_of_37});
    REQUIRE(migrate(session.db, then));
    const auto names = migrate(session.db);
    REQUIRE_MESSAGE(names.has_value(), (names ? "" : names.error().detail));
    CHECK(schema_version_matches(session.db));
    REQUIRE(session.db.execute("INSERT INTO outbox (ticket_id, seq, next_at) VALUES (1, 1, NOW())")
    );
    const auto rank = session.db.query("SELECT rank_no FROM outbox");
    REQUIRE(rank);
    CHECK(rank->front().integer(0) == 3);
}

TEST_CASE("a policy of before gets the usual limits for milestones and mediations as a new version"
) {
    Session session;
    const auto all = embedded_migrations();
    const auto hard_cases =
        std::ranges::find(all, std::string_view("hard_cases_and_mediation"), &Migration::name);
    REQUIRE(hard_cases != all.end());
    REQUIRE(migrate(session.db, {all.begin(), hard_cases}));
    sla::Policy old = sla::default_policy();
    old.version = 4;
    old.max_redos = 5;
    const auto is_new = [](const auto& row) {
        return row.kind == sla::ClockKind::milestone || row.kind == sla::ClockKind::mediation;
    };
    std::erase_if(old.limits, is_new);
    std::erase_if(old.escalation, is_new);
    REQUIRE(session.db.execute(
        "INSERT INTO policy_version (version, valid_from, body) VALUES (4, '2026-01-01', ?)",
        {to_text(old)}
    ));
    REQUIRE(migrate(session.db, {all.begin(), hard_cases + 1}));
    const auto rows =
        session.db.query("SELECT version, body FROM policy_version ORDER BY version DESC LIMIT 1");
    REQUIRE(rows);
    CHECK(rows->front().integer(0) == 5);
    auto policy = sla::parse_policy(rows->front().text(1));
    REQUIRE(policy);
    CHECK(policy->max_redos == 5);
    // What was added is what a new city starts with.
    const auto only_new = [&](auto list) {
        std::erase_if(list, [&](const auto& row) { return !is_new(row); });
        std::ranges::sort(list, {}, [](const auto& row) { return row.kind; });
        return list;
    };
    CHECK(only_new(policy->limits) == only_new(sla::default_policy().limits));
    CHECK(policy->escalation.size() == sla::default_policy().escalation.size());
    for (const auto& row : sla::default_policy().escalation) {
        CHECK(std::ranges::find(policy->escalation, row) != policy->escalation.end());
    }
    CHECK(sla::check(*policy));
}
