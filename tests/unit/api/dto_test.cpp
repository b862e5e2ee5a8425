#include "server/api/dto.hpp"

#include "ticketing/types/actor.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::api;
using namespace std::chrono_literals;

namespace {

http::Request posting(std::string body, std::string type = "application/json") {
    http::Request request;
    request.method = http::Method::post;
    request.headers = {{"content-type", std::move(type)}};
    request.body = std::move(body);
    return request;
}

ErrorCode refused(std::string body) {
    const auto parsed = parse_object(posting(std::move(body)));
    REQUIRE_FALSE(parsed);
    return parsed.error().code;
}

using Errors = std::vector<FieldError>;

}  // namespace

TEST_CASE("bodies that are not one JSON object are told apart by what is wrong") {
    CHECK(refused("") == ErrorCode::malformed_json);
    CHECK(refused("{") == ErrorCode::malformed_json);
    CHECK(refused("{} {}") == ErrorCode::malformed_json);
    CHECK(refused("[]") == ErrorCode::wrong_type);
    CHECK(refused("{\"a\":\"\xff\"}") == ErrorCode::invalid_utf8);
    CHECK(refused(std::string("{\"a\":\"\0\"}", 9)) == ErrorCode::invalid_utf8);
    CHECK(refused(std::string(100, '[')) == ErrorCode::malformed_json);
    const auto form = parse_object(posting("{}", "text/plain"));
    CHECK(form.error().code == ErrorCode::unsupported_media_type);
    CHECK(parse_object(posting("{}", "application/json; charset=utf-8")));
    CHECK_FALSE(parse_object(posting("{}", "application/jsonx")));
}

TEST_CASE("every faulty field is reported at once, with its path") {
    const auto body = parse_object(posting(
        R"({"name":"","role":"king","days":0,"unit":{"id":"x"},"ids":[1,-1],"when":"soon","odd":1,
            "long":"渭南渭南渭","nul":"a\u0000b"})"
    ));
    REQUIRE(body);
    Errors errors;
    Fields fields(*body, errors);
    fields.required_text("name", {.max = 10});
    fields.required_text("title", {.max = 10});
    fields.name<ticketing::Role>("role");
    fields.integer("days", {.min = 1, .max = 730});
    auto unit = fields.object("unit");
    REQUIRE(unit);
    unit->id<ticketing::UnitId>("id");
    fields.ids<ticketing::UnitId>("ids", 8);
    fields.instant("when");
    fields.text("long", {.max = 4});
    fields.text("nul", {.max = 10});
    fields.refuse_others();

    REQUIRE(errors.size() == 10);
    CHECK(errors[0] == FieldError{"name", ErrorCode::missing_field, ""});
    CHECK(errors[1] == FieldError{"title", ErrorCode::missing_field, ""});
    CHECK(errors[2].field == "role");
    CHECK(errors[2].code == ErrorCode::not_in_list);
    CHECK(errors[2].detail.starts_with("agent, dispatcher"));
    CHECK(errors[3] == FieldError{"days", ErrorCode::not_in_list, "1–730"});
    CHECK(errors[4] == FieldError{"unit.id", ErrorCode::wrong_type, "integer"});
    CHECK(errors[5] == FieldError{"ids[1]", ErrorCode::wrong_type, "integer"});
    CHECK(errors[6] == FieldError{"when", ErrorCode::invalid_format, "date-time"});
    CHECK(errors[7] == FieldError{"long", ErrorCode::too_long, "4"});
    CHECK(errors[8] == FieldError{"nul", ErrorCode::invalid_utf8, ""});
    CHECK(errors[9] == FieldError{"odd", ErrorCode::not_in_list, "unknown"});
    CHECK(refusal(errors)->code == ErrorCode::validation_failed);
}

TEST_CASE("good fields are read, and null is as good as absent") {
    const auto body = parse_object(posting(
        R"({"name":"渭南","role":"auditor","days":730,"yes":true,"id":17,"none":null,"sum":1.5})"
    ));
    REQUIRE(body);
    Errors errors;
    Fields fields(*body, errors);
    CHECK(fields.required_text("name", {.min = 2, .max = 2}) == "渭南");
    CHECK(fields.required_name<ticketing::Role>("role") == ticketing::Role::auditor);
    CHECK(fields.integer("days", {.min = 1, .max = 730}) == 730);
    CHECK(fields.required_flag("yes"));
    CHECK(fields.id<ticketing::UnitId>("id").value == 17);
    CHECK_FALSE(fields.text("none", {.max = 5}));
    CHECK(fields.real("sum", 0, 2) == 1.5);
    fields.refuse_others();
    CHECK(errors.empty());
    CHECK_FALSE(refusal(errors));
}

TEST_CASE("numbers that are no whole numbers of 64 bits are of the wrong type") {
    for (const std::string number : {"1.5", "9223372036854775808", "1e30", "\"1\"", "true", "[]"}) {
        CAPTURE(number);
        const auto body = parse_object(posting("{\"n\":" + number + "}"));
        REQUIRE(body);
        Errors errors;
        Fields fields(*body, errors);
        CHECK_FALSE(fields.integer("n"));
        REQUIRE(errors.size() == 1);
        CHECK(errors[0].code == ErrorCode::wrong_type);
    }
}

TEST_CASE("query parameters are bounded like fields") {
    http::Request request;
    request.query = {{"limit", "201"}, {"q", "渭南渭"}, {"n", "7x"}, {"live", "true"}};
    Errors errors;
    QueryFields query(request, errors);
    CHECK(query.limit(50, 200) == 50);
    CHECK_FALSE(query.text("q", 2));
    CHECK_FALSE(query.integer("n"));
    CHECK(query.flag("live") == true);
    CHECK_FALSE(query.flag("absent"));
    REQUIRE(errors.size() == 3);
    CHECK(errors[0] == FieldError{"limit", ErrorCode::not_in_list, "1–200"});
    CHECK(errors[1] == FieldError{"q", ErrorCode::too_long, "2"});
    CHECK(errors[2] == FieldError{"n", ErrorCode::wrong_type, "integer"});
}

TEST_CASE("instants are written in UTC and read with any offset") {
    const ticketing::Instant at{1'795'420'800'123ms};
    CHECK(to_text(at) == "2026-11-23T08:00:00.123Z");
    CHECK(instant_from("2026-11-23T08:00:00.123Z") == at);
    CHECK(instant_from("2026-11-23T16:00:00.123999+08:00") == at);
    CHECK(instant_from("2026-11-23T08:00:00Z") == at - 123ms);
    for (const std::string wrong :
         {"",
          "2026-11-23",
          "2026-11-23T08:00:00",
          "2026-02-30T08:00:00Z",
          "2026-11-23T24:00:00Z",
          "2026-11-23T08:60:00Z",
          "2026-11-23T08:00:00.Z",
          "2026-11-23T08:00:00+8:00",
          "2026-11-23T08:00:00+24:00",
          "2026-11-23T08:00:00Zx",
          "12026-11-23T08:00:00Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(instant_from(wrong));
    }
}

TEST_CASE("a path segment that is no number names nothing") {
    http::Request request;
    request.params = {{"user_id", "17"}, {"odd", "1x"}, {"zero", "0"}};
    CHECK(path_id(request, "user_id") == 17);
    for (const std::string name : {"odd", "zero", "absent"}) {
        CHECK(path_id(request, name).error().code == ErrorCode::not_found);
    }
}

TEST_CASE("the entries of a list of objects are read each with its place in the path") {
    const auto body =
        parse_object(posting(R"({"steps":[{"n":1},7,{"n":"x","odd":1}],"many":[{},{}],"no":{}})"));
    REQUIRE(body);
    Errors errors;
    Fields fields(*body, errors);
    auto steps = fields.objects("steps", 3);
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].integer("n") == 1);
    steps[1].integer("n");
    steps[1].refuse_others();
    CHECK(fields.objects("many", 1).empty());
    CHECK(fields.objects("no", 1).empty());
    CHECK(fields.objects("absent", 1).empty());
    const Errors expected{
        {"steps[1]", ErrorCode::wrong_type, "object"},
        {"steps[2].n", ErrorCode::wrong_type, "integer"},
        {"steps[2].odd", ErrorCode::not_in_list, "unknown"},
        {"many", ErrorCode::too_long, "1"},
        {"no", ErrorCode::wrong_type, "array"},
    };
    CHECK(errors == expected);
}
