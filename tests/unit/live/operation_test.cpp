#include "server/live/operation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::live;

TEST_CASE("the four operations are understood") {
    const auto subscribe =
        parse_operation(R"({"op":"subscribe","topics":["a","b"],"since":"17-0","x":1})");
    REQUIRE(subscribe);
    CHECK(subscribe->op == Op::subscribe);
    CHECK(subscribe->topics == std::vector<std::string>{"a", "b"});
    CHECK(subscribe->since == "17-0");
    CHECK_FALSE(parse_operation(R"({"op":"subscribe","topics":[],"since":null})")->since);
    CHECK_FALSE(subscribe->lines);
    CHECK(parse_operation(R"({"op":"subscribe","topics":[],"lines":true})")->lines);
    CHECK_FALSE(parse_operation(R"({"op":"subscribe","topics":[],"lines":1})")->lines);
    CHECK(parse_operation(R"({"op":"unsubscribe","topics":["a"]})")->op == Op::unsubscribe);
    CHECK(parse_operation(R"({"op":"ping"})")->op == Op::ping);
    const auto at = parse_operation(R"({"op":"at","ticket":"WN1","doing":"editing"})");
    REQUIRE(at);
    CHECK(at->op == Op::at);
    CHECK(at->place == Place{"WN1", Doing::editing});
    CHECK(
        parse_operation(R"({"op":"at","ticket":"WN1","doing":"viewing"})")->place ==
        Place{"WN1", Doing::viewing}
    );
    CHECK_FALSE(parse_operation(R"({"op":"at"})")->place);
    CHECK_FALSE(parse_operation(R"({"op":"at","ticket":null})")->place);
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
        R"({"op":"at","ticket":"WN1"})",
        R"({"op":"at","ticket":"WN1","doing":"dancing"})",
        R"({"op":"at","ticket":"","doing":"viewing"})",
        R"({"op":"at","ticket":7,"doing":"viewing"})",
        R"({"op":"at","ticket":")" + std::string(129, 'a') + R"(","doing":"viewing"})",
    };
    for (const auto& text : wrong) {
        CAPTURE(text);
        CHECK_FALSE(parse_operation(text));
    }
    std::string many = R"({"op":"subscribe","topics":["a")";
    for (int i = 0; i < 64; ++i) many += R"(,"a")";
    CHECK_FALSE(parse_operation(many + "]}"));
}
