#include "server/city/lay_down.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "server/city/demo_accounts.hpp"
#include "sla/policy_text.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/private_stores.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/uscc.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

const ticketing::Instant laid_at{1'795'449'600s};

struct Seeded {
    explicit Seeded(std::uint64_t enterprises) : database(test::mariadb().migrated_schema()) {
        plan.enterprises = enterprises;
        settings.auth.argon2_ops = 1;
        settings.auth.argon2_memory_kib = 1024;
    }

    mysql::Connection connect() const {
        auto db = mysql::Connection::open(database);
        REQUIRE(db.has_value());
        return std::move(*db);
    }
    Result<city::Outcome> lay_down() const {
        auto db = connect();
        return city::lay_down(db, settings, plan, laid_at);
    }

    mysql::ThreadScope thread;
    mysql::Settings database;
    config::Settings settings;
    city::Plan plan;
};

std::string all_rows(mysql::Connection& db, std::string_view sql) {
    auto rows = db.query(sql);
    REQUIRE(rows.has_value());
    std::string text;
    for (const mysql::Row row : *rows) {
        for (std::size_t i = 0; i < rows->columns(); ++i) text += row.string(i) + "|";
        text += "\n";
    }
    return text;
}

std::uint64_t count(mysql::Connection& db, std::string_view table) {
    auto rows = db.query("SELECT COUNT(*) FROM " + std::string{table});
    REQUIRE(rows.has_value());
    return rows->front().unsigned_integer(0);
}

}  // namespace

TEST_CASE("the city is laid down in its real size") {
    Seeded city{3'000};
    const auto outcome = city.lay_down();
    REQUIRE(outcome.has_value());
    REQUIRE_FALSE(outcome->refusal.has_value());
    auto db = city.connect();
    const auto directory = mysql::read_directory(db, sla::local_day(laid_at));
    REQUIRE(directory.has_value());
    CHECK(directory->officials.size() == 1498);
    CHECK(directory->duties.size() == outcome->amounts.topics);
    CHECK(directory->units.size() == outcome->amounts.units);
    std::size_t counties = 0, towns = 0, zones = 0;
    for (const auto& division : directory->divisions) {
        counties += division.kind == ticketing::Division::Kind::county;
        towns += division.kind == ticketing::Division::Kind::town;
        zones += division.kind == ticketing::Division::Kind::zone;
    }
    CHECK(counties == 11);
    CHECK(towns == 136);
    CHECK(zones == 4);
    for (const auto& unit : directory->units) {
        if (unit.level == ticketing::UnitLevel::centre) continue;
        CAPTURE(unit.name);
        CHECK_FALSE(directory->officials_of(unit.id).empty());
    }
    CHECK(directory->cards.size() > 30);
    CHECK(directory->cards.size() < 3'000);
    CHECK(count(db, "account") == 0);  // no demonstration, no accounts
}

TEST_CASE("what comes out of the database is what the reference says") {
    Seeded city{10};
    REQUIRE(city.lay_down().has_value());
    auto db = city.connect();
    const auto stored = mysql::read_directory(db, sla::local_day(laid_at));
    REQUIRE(stored.has_value());
    const auto reference = reference::parse(reference::embedded_files());
    REQUIRE(reference.has_value());
    for (const auto& duty : reference->duties) {
        CAPTURE(duty.topic);
        const auto* found = stored->duty(duty.topic);
        REQUIRE(found != nullptr);
        CHECK(found->function == duty.function);
        CHECK(found->county_has_power == duty.county_has_power);
        CHECK(found->zone_has_power == duty.zone_has_power);
        CHECK(found->co_functions == duty.co_functions);
        REQUIRE(found->exceptions.size() == duty.exceptions.size());
        REQUIRE(found->words.size() == duty.words.size());
        for (std::size_t i = 0; i < duty.words.size(); ++i) {
            CHECK(found->words[i].word == duty.words[i].word);
            CHECK(found->words[i].weight == duty.words[i].weight);
        }
    }
    for (const auto& unit : reference->units) {
        const auto* found = stored->unit(unit.id);
        REQUIRE(found != nullptr);
        CHECK(found->code == unit.code);
        CHECK(found->parent == unit.parent);
        CHECK(found->level == unit.level);
    }
}

TEST_CASE("calendar and policy are ready to reckon with") {
    Seeded city{0};
    REQUIRE(city.lay_down().has_value());
    auto db = city.connect();
    auto days = mysql::read_calendar(db);
    REQUIRE(days.has_value());
    const auto calendar = sla::Calendar::build(std::move(*days));
    REQUIRE(calendar.has_value());
    using namespace std::chrono;
    CHECK(calendar->workdays_in(2024y) == 251);
    CHECK(calendar->workdays_in(2025y) == 248);
    CHECK(calendar->workdays_in(2026y) == 248);
    CHECK_FALSE(calendar->knows(2027y));
    const auto policy = mysql::read_policy(db, laid_at);
    REQUIRE(policy.has_value());
    CHECK(sla::parse_policy(policy->body) == sla::default_policy());
}

TEST_CASE("the same seed lays down the same city, another one another") {
    Seeded one{500}, same{500}, other{500};
    other.plan.seed = 2;
    REQUIRE(one.lay_down().has_value());
    REQUIRE(same.lay_down().has_value());
    REQUIRE(other.lay_down().has_value());
    auto a = one.connect(), b = same.connect(), c = other.connect();
    for (const std::string sql :
         {"SELECT * FROM enterprise ORDER BY id",
          "SELECT * FROM official ORDER BY id",
          "SELECT * FROM contact_card ORDER BY enterprise_id",
          "SELECT * FROM unit ORDER BY id"}) {
        CAPTURE(sql);
        const auto rows = all_rows(a, sql);
        CHECK(rows == all_rows(b, sql));
        if (sql.find("unit") == std::string::npos) CHECK(rows != all_rows(c, sql));
    }
}

TEST_CASE("enterprises have sound codes, numbers nobody has and a mark") {
    Seeded city{2'000};
    REQUIRE(city.lay_down().has_value());
    auto db = city.connect();
    auto rows = db.query("SELECT uscc, phone, demonstration, division, town FROM enterprise");
    REQUIRE(rows.has_value());
    CHECK(rows->size() == 2'000);
    std::set<std::string> divisions;
    for (const mysql::Row row : *rows) {
        CHECK(ticketing::inspect_uscc(row.text(0)) == ticketing::UsccFinding{});
        CHECK(row.text(1).starts_with("09130"));
        CHECK(row.flag(2));
        CHECK(row.text(4).starts_with(row.text(3)));
        divisions.insert(row.string(3));
    }
    CHECK(divisions.size() == 11);
}

TEST_CASE("what is there is not laid over, unless asked for and without tickets") {
    Seeded city{50};
    REQUIRE(city.lay_down().has_value());
    auto again = city.lay_down();
    REQUIRE(again.has_value());
    CHECK(again->refusal == city::Refusal::laid_down_already);
    city.plan.force = true;
    city.plan.enterprises = 20;
    again = city.lay_down();
    REQUIRE(again.has_value());
    CHECK_FALSE(again->refusal.has_value());
    auto db = city.connect();
    CHECK(count(db, "enterprise") == 20);
    CHECK(count(db, "official") == 1498);
}

TEST_CASE("a run that was cut off before its last step is taken up") {
    Seeded city{50};
    auto db = city.connect();
    ticketing::Enterprise left_over;
    left_over.id = ticketing::EnterpriseId{1};
    left_over.name = "半途而废";
    left_over.demonstration = true;
    REQUIRE(mysql::insert_entries<ticketing::Enterprise>(db, std::span{&left_over, 1}).has_value());
    const auto outcome = city.lay_down();
    REQUIRE(outcome.has_value());
    CHECK_FALSE(outcome->refusal.has_value());
    CHECK(count(db, "enterprise") == 50);
}

TEST_CASE("imported enterprises are not thrown away without being asked") {
    Seeded city{50};
    auto db = city.connect();
    ticketing::Enterprise real;
    real.id = ticketing::EnterpriseId{1};
    real.name = "真实企业";
    REQUIRE(mysql::insert_entries<ticketing::Enterprise>(db, std::span{&real, 1}).has_value());
    const auto outcome = city.lay_down();
    REQUIRE(outcome.has_value());
    CHECK(outcome->refusal == city::Refusal::has_real_enterprises);
    CHECK(count(db, "enterprise") == 1);
}

TEST_CASE("demonstration accounts exist for every role, and only their file tells the passwords") {
    Seeded city{0};
    const test::TemporaryFolder folder;
    city.settings.demo.enabled = true;
    city.settings.demo.accounts_file = (folder.path() / "deep" / "accounts.txt").string();
    const auto outcome = city.lay_down();
    REQUIRE(outcome.has_value());
    auto db = city.connect();
    CHECK(count(db, "account") == outcome->amounts.accounts);
    const auto roles = all_rows(db, "SELECT DISTINCT role FROM account ORDER BY role");
    CHECK(roles == "1|\n2|\n3|\n4|\n5|\n6|\n7|\n8|\n9|\n10|\n");
    CHECK(count(db, "account WHERE demonstration = 0") == 0);
    CHECK(count(db, "account WHERE role = 6 AND official_id IS NULL") == 0);

    struct stat status{};
    REQUIRE(stat(city.settings.demo.accounts_file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto passwords = city::read_demo_accounts(city.settings.demo.accounts_file);
    REQUIRE(passwords.has_value());
    CHECK(passwords->size() == outcome->amounts.accounts);
    CHECK(passwords->at("agent01").size() >= 16);
    CHECK(passwords->at("agent01") != passwords->at("agent02"));
}
