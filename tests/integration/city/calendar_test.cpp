#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "server/calendar/local_text.hpp"
#include "server/calendar/versions.hpp"
#include "tests/support/private_stores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

const ticketing::Instant delivered_at{1'795'449'600s};

// A schema with the delivered days and units as version 1.
struct Loaded {
    Loaded() : database(test::mariadb().migrated_schema()), db(connect()) {
        const auto reference = reference::parse(reference::embedded_files()).value();
        REQUIRE(mysql::insert_places(db, reference.places).has_value());
        REQUIRE(mysql::insert_entries<ticketing::Unit>(db, reference.units).has_value());
        REQUIRE(mysql::insert_calendar(db, reference.days, "delivered", delivered_at).has_value());
    }
    mysql::Connection connect() const {
        auto opened = mysql::Connection::open(database);
        REQUIRE(opened.has_value());
        return std::move(*opened);
    }
    calendar::Proposal propose(std::string_view bytes) {
        auto proposal = calendar::propose(db, bytes, "file.json", std::nullopt);
        REQUIRE(proposal.has_value());
        return std::move(*proposal);
    }
    std::uint32_t newest() { return mysql::newest_calendar_version(db).value(); }
    sla::Calendar usual() {
        auto read = calendar::read_calendars(db);
        if (!read) FAIL(read.error().detail);
        return std::move(read->usual);
    }

    mysql::ThreadScope thread;
    mysql::Settings database;
    mysql::Connection db;
};

std::string year_2027() {
    std::string days;
    for (const char* date :
         {"2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"}) {
        days += R"({"name":"节","date":")" + std::string{date} + R"(","isOffDay":true},)";
    }
    return R"({"year":2027,"papers":["https://www.gov.cn/x"],"days":[)" + days +
           R"({"name":"国庆节","date":"2027-10-09","isOffDay":false}]})";
}

sla::LocalDay day(std::string_view text) {
    return calendar::date_of(text).value();
}

}  // namespace

TEST_CASE("a year is shown first, added whole, and then known") {
    Loaded city;
    CHECK_FALSE(city.usual().knows(2027y));
    const auto proposal = city.propose(year_2027());
    CHECK(proposal.problems.empty());
    CHECK(proposal.changes.size() == 7);
    CHECK(proposal.new_years == std::vector{2027y});
    CHECK(city.newest() == 1);

    REQUIRE(calendar::add(city.db, proposal, delivered_at).has_value());
    CHECK(city.newest() == 2);
    const auto calendar = city.usual();
    CHECK(calendar.version() == 2);
    CHECK(calendar.knows(2027y));
    CHECK(calendar.is_workday(day("2027-10-09")));
    CHECK_FALSE(calendar.is_workday(day("2027-10-01")));
    CHECK(calendar.workdays_in(2026y) == 248);
    CHECK(city.propose(year_2027()).changes_nothing());
    auto rows = city.db.query("SELECT version, COUNT(*) FROM calendar_day GROUP BY version");
    REQUIRE(rows.has_value());
    CHECK(rows->size() == 2);  // the days of the first are still there
}

TEST_CASE("two who import at once do not mix: the later one is refused whole") {
    Loaded city;
    const auto first = city.propose(year_2027());
    const auto second = city.propose(year_2027());
    REQUIRE(calendar::add(city.db, first, delivered_at).has_value());
    const auto refused = calendar::add(city.db, second, delivered_at);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(city.newest() == 2);
    CHECK(city.usual().workdays_in(2026y) == 248);
}

TEST_CASE("one bad line refuses the file") {
    Loaded city;
    std::string text = year_2027();
    text.replace(text.find("2027-10-09"), 10, "2027-10-11");  // a Monday
    const auto proposal = city.propose(text);
    REQUIRE(proposal.problems.size() == 1);
    CHECK(proposal.problems[0].place.zh.contains("2027-10-11"));
}

TEST_CASE("of several years only the wanted one is taken") {
    Loaded city;
    const std::string both = R"({"2026":[{"date":"2026-07-01","name":"?","off":true}],)"
                             R"("2027":[{"date":"2027-01-01","name":"元旦","off":true}]})";
    const auto proposal = calendar::propose(city.db, both, "both.json", 2027y);
    REQUIRE(proposal.has_value());
    for (const auto& change : proposal->changes) {
        if (change.kind == calendar::DayChange::Kind::added) {
            CHECK(sla::year_of(change.day.date) == 2027y);
        }
    }
    CHECK_FALSE(proposal->problems.empty());  // 2027 is not whole
}

TEST_CASE("S33: a unit and those below it keep their calendar over the same days") {
    Loaded city;
    const auto directory = mysql::read_directory(city.db, {}).value();
    const auto below = std::ranges::find_if(directory.units, [&](const auto& unit) {
        return static_cast<bool>(unit.parent);
    });
    REQUIRE(below != directory.units.end());
    const auto* above = directory.unit(below->parent);
    const std::string hours =
        R"({"calendars":{"usual":{"week":{"mon":[["08:00","12:00"]],"tue":[["08:00","12:00"]]}},)"
        R"("weekend":{"week":{"mon":[["09:00","17:00"]],"sat":[["10:00","24:00"]]},)"
        R"("working_weekdays":["mon"]}},"units":{")" +
        above->code + R"(":"weekend"}})";
    const auto proposal = city.propose(hours);
    CHECK(proposal.problems.empty());
    CHECK(proposal.hours_changes.size() == 3);
    REQUIRE(calendar::add(city.db, proposal, delivered_at).has_value());

    const auto calendars = calendar::read_calendars(city.db).value();
    CHECK(calendars.usual.hours().front().from == 8h);
    CHECK(calendars.usual.knows(2026y));
    CHECK_FALSE(calendars.usual.is_workday(day("2026-10-01")));
    const auto* desk = calendars.units.of(below->id, directory);
    REQUIRE(desk != nullptr);
    CHECK(desk == calendars.units.of(above->id, directory));
    CHECK(desk->version() == 2);
    CHECK(desk->is_open(sla::at_local(day("2026-11-28"), 23h)));
    CHECK_FALSE(desk->is_workday(day("2026-11-28")));
    CHECK(desk->is_workday(day("2026-10-10")));
    CHECK_FALSE(desk->is_open(sla::at_local(day("2026-10-03"), 12h)));  // a day off wins
    CHECK(calendars.units.of(ticketing::UnitId{999'999}, directory) == nullptr);

    // A later year keeps the hours.
    REQUIRE(calendar::add(city.db, city.propose(year_2027()), delivered_at).has_value());
    CHECK(calendar::read_calendars(city.db).value().usual.hours().front().from == 8h);
}

TEST_CASE("hours that nobody could keep are refused with the place") {
    Loaded city;
    const auto problem = [&city](const std::string& text) {
        const auto proposal = city.propose(text);
        return proposal.problems.empty() ? std::string{} : proposal.problems.front().place.zh;
    };
    CHECK(problem(R"({"calendars":[]})") == "calendars");
    CHECK(problem(R"({"calendars":{"a":{}}})") == "calendars.a");
    CHECK(problem(R"({"calendars":{"usual":{"week":{}}}})") == "整个日历");
    CHECK(problem(R"({"calendars":{"a":{"week":{}}}})") == "整个日历");
    CHECK(problem(R"({"calendars":{},"units":[]})") == "units");
    CHECK(problem(R"({"calendars":{},"units":{"nowhere":"a"}})") == "units.nowhere");
}
