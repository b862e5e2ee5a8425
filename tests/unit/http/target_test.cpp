#include "server/http/target.hpp"

#include <doctest/doctest.h>

#include <string>

using hotline::ErrorCode;
using hotline::http::parse_target;

namespace {

std::string code_of(const std::string& target) {
    const auto parsed = parse_target(target);
    return parsed ? "ok" : std::string(hotline::name(parsed.error().code));
}

}  // namespace

TEST_CASE("path and query are decoded") {
    const auto target = parse_target("/api/%E4%BC%81?q=%E6%B8%AD+%2B1&empty=&flag&&q2=a=b");
    REQUIRE(target);
    CHECK(target->path == "/api/企");
    CHECK(target->query.at("q") == "渭 +1");
    CHECK(target->query.at("empty").empty());
    CHECK(target->query.at("flag").empty());
    CHECK(target->query.at("q2") == "a=b");
    CHECK(target->query.size() == 4);
}

TEST_CASE("of a repeated parameter the last counts and plus is plain in a path") {
    const auto target = parse_target("/a+b?x=1&x=2");
    REQUIRE(target);
    CHECK(target->path == "/a+b");
    CHECK(target->query.at("x") == "2");
}

TEST_CASE("targets that programs on the way read differently are refused") {
    struct Row {
        std::string target;
        std::string code;
    };
    const Row rows[] = {
        {"/a/../b", "bad_request"},
        {"/a/..", "bad_request"},
        {"/./a", "bad_request"},
        {"/%2e%2e/a", "bad_request"},
        {"/a%2Fb", "bad_request"},
        {"/a\\b", "bad_request"},
        {"/a%5Cb", "bad_request"},
        {"/a%0d%0a", "bad_request"},
        {"/a%7f", "bad_request"},
        {"/a%", "bad_request"},
        {"/a%4", "bad_request"},
        {"/a%zz", "bad_request"},
        {"", "bad_request"},
        {"*", "bad_request"},
        {"/a%00", "invalid_utf8"},
        {"/a%ff", "invalid_utf8"},
        {"/a%c0%af", "invalid_utf8"},
        {"/a%ed%a0%80", "invalid_utf8"},
        {"/a?x=%00", "invalid_utf8"},
        {"/a?%ff=1", "invalid_utf8"},
        {"/a?x=%f4%90%80%80", "invalid_utf8"},
        {"/a?x=%", "bad_request"},
        {"/...", "ok"},
        {"/a..b", "ok"},
        {"/a?next=../x", "ok"},
        {"/a%20b", "ok"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.target);
        CHECK(code_of(row.target) == row.code);
    }
}

TEST_CASE("more than 64 parameters are refused") {
    std::string target = "/a?";
    for (int i = 0; i < 64; ++i) target += "k" + std::to_string(i) + "=1&";
    CHECK(code_of(target) == "ok");
    CHECK(code_of(target + "one=more") == "bad_request");
}
