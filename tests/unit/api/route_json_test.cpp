#include "server/api/route_json.hpp"

#include <doctest/doctest.h>

using hotline::api::route_json;

TEST_CASE("a stored route is told in the asker's words and keeps nothing of how it is stored") {
    const std::string trace =
        R"({"reasons":[{"rule":"R4","code":"card","inputs":["王五"]}],)"
        R"("candidates":[{"official_id":7,"name":"王五","score":0.067,"outcome":"chosen"}],)"
        R"("units":[{"id":3,"name":"市住建局","score":1.000,"outcome":"later"}]})";
    CHECK(
        route_json(trace, true) ==
        R"({"reasons":[{"rule":"R4","code":"card","text":"王五 holds the enterprise's contact card and )"
        R"(follows the matter"}],"candidates":[{"official_id":7,"name":"王五","score":6.7E-2,"text":"chosen"}],)"
        R"("units":[{"id":3,"name":"市住建局","score":1E0,"text":"next in line"}]})"
    );
    CHECK(
        route_json(trace, false).find("企业的连心卡帮扶干部是王五，负责全程跟踪") !=
        std::string::npos
    );
}

TEST_CASE("a code of an older version tells itself, and what is no route is left out") {
    CHECK(
        route_json(R"({"reasons":[{"rule":"R1","code":"gone_since","inputs":[]}]})", false) ==
        R"({"reasons":[{"rule":"R1","code":"gone_since","text":"gone_since"}]})"
    );
    CHECK(route_json("", true).empty());
    CHECK(route_json("[1]", true).empty());
    CHECK(route_json(R"({"reasons":[{)", true).empty());
}

TEST_CASE("a trace that brings its own words keeps them") {
    const std::string earlier =
        R"({"reasons":[{"rule":"R4","code":"no_card","text":"企业没有有效的连心卡"}],)"
        R"("candidates":[{"official_id":7,"name":"王五","text":"选定"}]})";
    CHECK(route_json(earlier, false) == earlier);
}
