#include "integrations/mysql/reference/reference.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

using namespace hotline;
using namespace hotline::ticketing;

namespace {

reference::Reference delivered() {
    auto parsed = reference::parse(reference::embedded_files());
    REQUIRE(parsed.has_value());
    return *parsed;
}

}  // namespace

TEST_CASE("the delivered city has its counties, towns and zones, and tiles for the dashboard") {
    std::map<Division::Kind, int> kinds;
    std::set<std::pair<int, int>> tiles;
    for (const auto& place : delivered().places) {
        ++kinds[place.division.kind];
        if (place.tile) CHECK(tiles.emplace(place.tile->column, place.tile->row).second);
    }
    CHECK(kinds[Division::Kind::county] == 11);
    CHECK(kinds[Division::Kind::town] == 136);
    CHECK(kinds[Division::Kind::zone] == 4);
    CHECK(tiles.size() == 15);
}

TEST_CASE("each county has 35 to 37 organs of its own, and codes are told once") {
    std::map<std::string, int> organs;
    std::set<std::string> codes;
    for (const auto& unit : delivered().units) {
        CHECK(codes.insert(unit.code).second);
        if (unit.level == UnitLevel::county) ++organs[unit.division];
    }
    CHECK(organs.size() == 11);
    for (const auto& [county, count] : organs) {
        CAPTURE(county);
        CHECK(count >= 35);
        CHECK(count <= 37);
    }
}

TEST_CASE("centrally managed bodies hang below their city body, not below a county government") {
    const auto city = reference::directory_of(delivered());
    for (const auto* function : {"tax", "state_grid", "fire_rescue", "tobacco"}) {
        const auto* county = city.unit_for(function, "610526");
        REQUIRE(county != nullptr);
        CHECK(county->level == UnitLevel::central);
        CHECK(city.unit(county->parent)->division == "610500");
    }
    CHECK(city.unit_for("customs", "610526") == nullptr);
}

TEST_CASE("every function the duty list names has a unit in the city") {
    const auto city = reference::directory_of(delivered());
    const auto exists = [&](const std::string& function) {
        return function == "by_industry" || city.unit_for(function, "610500") != nullptr;
    };
    for (const auto& duty : city.duties) {
        CAPTURE(duty.topic);
        CHECK(exists(duty.function));
        CHECK_FALSE(duty.category.empty());
        CHECK_FALSE(duty.words.empty());
        for (const auto& helper : duty.co_functions) CHECK(exists(helper));
        for (const auto& exception : duty.exceptions) CHECK(exists(exception.function));
    }
    CHECK(city.duty("其他") != nullptr);
}

TEST_CASE("faults in the files are told with file and line") {
    auto files = reference::embedded_files();
    struct Row {
        std::string_view reference::Files::* file;
        std::string_view text;
        std::string_view detail;
    };
    for (const auto& row : {
             Row{&reference::Files::divisions,
                 "610500\t渭南市\t-\tplanet\t-\t-\n",
                 "divisions.tsv:1:"},
             Row{&reference::Files::departments, "# x\nf\tcity\tname\n", "departments.tsv:2:"},
             Row{&reference::Files::duties, "words = a\n", "duties.ini:1:"},
             Row{&reference::Files::duties, "[a]\nwords = b*0\n", "duties.ini:2:"},
             Row{&reference::Files::duties, "[a]\npower = moon\n", "duties.ini:2:"},
             Row{&reference::Files::duties,
                 "[a]\nexception = 生产许可 x\nexception = 安全生产许可 y\n",
                 "duties.ini:3:"},
             Row{&reference::Files::holidays, "2026-02-30\t1\tx\n", "holidays.tsv:1:"},
         }) {
        auto broken = files;
        broken.*row.file = row.text;
        const auto parsed = reference::parse(broken);
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().code == ErrorCode::invalid_format);
        CHECK(parsed.error().detail.starts_with(row.detail));
    }
}
