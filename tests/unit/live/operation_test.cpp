#include "server/live/operation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::live;

TEST_CASE("the three operations are understood") {
    const auto subscribe =
        parse_operation(R"({"op":"subscribe","topics":["a","b"],"since":"17-0","x":1})");
    REQUIRE(subscribe);
    CHECK(subscribe->op == Op::subscribe);
    CHECK(subscribe->topics == std::vector<std::string>{"a", "b"});
    CHECK(subscribe->since == "17-0");
    CHECK_FALSE(parse_operation(R"({"op":"subscribe","topics":[],"since":null})")->since);
    CHECK(parse_operation(R"({"op":"unsubscribe","topics":["a"]})")->op == Op::unsubscribe);
    CHECK(parse_operation(R"({"op":"ping"})")->op == Op::ping);
}

TEST_CASE("everything else is not") {
    const std::string wrong[] = {
        "",
        "null",
        "[]",
        R"("ping")",
        R"({"op":"dance"})",
        R"({"op":1})",
        R"({"op":"ping"} x)",
        R"({"op":"subscribe"})",
        R"({"op":"subscribe","topics":"a"})",
        R"({"op":"subscribe","topics":[1]})",
        R"({"op":"subscribe","topics":[""]})",
        R"({"op":"subscribe","topics":["a"],"since":1})",
        R"({"op":"subscribe","topics":["a"],"since":""})",
        R"({"op":"subscribe","topics":["\ud800"]})",
        "{\"op\":\"subscribe\",\"topics\":[\"\xff\"]}",
        R"({"op":"subscribe","topics":[")" + std::string(129, 'a') + R"("]})",
        R"({"op":"unsubscribe","topics":[[[[[[]]]]]]})",
    };
    for (const auto& text : wrong) {
        CAPTURE(text);
        CHECK_FALSE(parse_operation(text));
    }
    std::string many = R"({"op":"subscribe","topics":["a")";
    for (int i = 0; i < 64; ++i) many += R"(,"a")";
    CHECK_FALSE(parse_operation(many + "]}"));
}
