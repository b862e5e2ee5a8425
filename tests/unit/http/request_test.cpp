#include "server/http/request.hpp"

#include "server/http/response.hpp"

#include <doctest/doctest.h>

using namespace hotline::http;

namespace {

bool english(const std::string& accept) {
    Request request;
    request.headers = {{"accept-language", accept}};
    return request.wants_english();
}

}  // namespace

TEST_CASE("Chinese is the language unless English is preferred") {
    CHECK_FALSE(Request{}.wants_english());
    CHECK_FALSE(english("zh-CN,zh;q=0.9,en;q=0.8"));
    CHECK(english("en"));
    CHECK(english("en-GB,en;q=0.9,zh;q=0.5"));
    CHECK(english("zh;q=0.3, en;q=0.7"));
    CHECK_FALSE(english("en;q=0"));
    CHECK_FALSE(english("en;q=0.5,zh;q=0.5"));
    CHECK_FALSE(english("fr"));
    CHECK_FALSE(english("enx"));
    CHECK_FALSE(english(",;q=,;;"));
}

TEST_CASE("cookies are found by their whole name in every cookie field") {
    Request request;
    request.headers = {{"cookie", "a=1; __Host-s=x=y;b=2"}, {"cookie", "c=3"}};
    CHECK(request.cookie("a") == "1");
    CHECK(request.cookie("__Host-s") == "x=y");
    CHECK(request.cookie("b") == "2");
    CHECK(request.cookie("c") == "3");
    CHECK_FALSE(request.cookie("s"));
    CHECK_FALSE(request.cookie(""));
}

TEST_CASE("setting a header again replaces it, cookies add up") {
    Response response;
    response.set("ETag", "\"1\"")
        .set("etag", "\"2\"")
        .set("Set-Cookie", "a")
        .set("Set-Cookie", "b");
    REQUIRE(response.headers.size() == 3);
    CHECK(response.headers[0].value == "\"2\"");
    CHECK(response.headers[2].value == "b");
}
