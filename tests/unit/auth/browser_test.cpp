#include "server/auth/browser.hpp"

#include "integrations/crypto/token.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::auth;

namespace {

http::Request asking(std::vector<http::Header> headers, bool secure = true) {
    http::Request request;
    request.method = http::Method::post;
    request.headers = std::move(headers);
    request.headers.push_back({"host", "hotline.example:8443"});
    request.secure = secure;
    return request;
}

std::vector<std::string> cookies(const http::Response& response) {
    std::vector<std::string> out;
    for (const auto& header : response.headers) {
        if (header.name == "set-cookie") out.push_back(header.value);
    }
    return out;
}

Settings with_origin(std::string origin) {
    Settings settings;
    settings.allowed_origins = {std::move(origin)};
    return settings;
}

}  // namespace

TEST_CASE("L6: the session cookie is out of the script's reach, the CSRF cookie is in it") {
    http::Response response;
    set_session_cookies(response, "T", "C", {});
    const auto lines = cookies(response);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "__Host-hotline=T; Path=/; Max-Age=43200; SameSite=Strict; HttpOnly; Secure");
    CHECK(lines[1] == "__Host-hotline-csrf=C; Path=/; Max-Age=43200; SameSite=Strict; Secure");
}

TEST_CASE("L6: on a plain-http LAN cookies go without prefix and Secure") {
    Settings settings;
    settings.insecure_cookies = true;
    http::Response response;
    set_session_cookies(response, "T", "C", settings);
    const auto lines = cookies(response);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "hotline=T; Path=/; Max-Age=43200; SameSite=Strict; HttpOnly");
    CHECK(lines[1] == "hotline-csrf=C; Path=/; Max-Age=43200; SameSite=Strict");
}

TEST_CASE("logging out takes both cookies back") {
    http::Response response;
    clear_session_cookies(response, {});
    for (const auto& line : cookies(response)) {
        CHECK(line.find("=; ") != std::string::npos);
        CHECK(line.find("Max-Age=0") != std::string::npos);
    }
}

TEST_CASE("a cookie that cannot be a token is as good as none") {
    const std::string token = crypto::random_token();
    CHECK(session_cookie(asking({{"cookie", "__Host-hotline=" + token}}), {}) == token);
    CHECK_FALSE(session_cookie(asking({{"cookie", "__Host-hotline=x"}}), {}));
    CHECK_FALSE(session_cookie(asking({{"cookie", "hotline=" + token}}), {}));
    CHECK_FALSE(session_cookie(asking({}), {}));
}

TEST_CASE("L6: requests a foreign page sends are refused") {
    for (const std::string origin :
         {"https://evil.example",
          "null",
          "",
          "http://hotline.example:8443",
          "https://hotline.example",
          "https://hotline.example:8443.evil.example",
          "https://evil.example/https://hotline.example:8443"}) {
        CAPTURE(origin);
        const auto verdict = check_origin(asking({{"origin", origin}}), {});
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().code == ErrorCode::origin_not_allowed);
    }
    for (const std::string site : {"cross-site", "same-site", "rubbish"}) {
        CAPTURE(site);
        CHECK_FALSE(check_origin(asking({{"sec-fetch-site", site}}), {}));
    }
}

TEST_CASE("L6: the own origin, allowed ones and programs that send none are let through") {
    CHECK(check_origin(asking({{"origin", "https://Hotline.example:8443"}}), {}));
    CHECK(check_origin(asking({{"origin", "http://hotline.example:8443"}}, false), {}));
    CHECK(check_origin(
        asking({{"origin", "https://www.weinan.example"}}),
        with_origin("https://www.weinan.example")
    ));
    CHECK(check_origin(asking({{"sec-fetch-site", "same-origin"}}), {}));
    CHECK(check_origin(asking({{"sec-fetch-site", "none"}}), {}));
    CHECK(check_origin(asking({}), {}));
}

TEST_CASE("a WebSocket must name its origin") {
    CHECK_FALSE(require_origin(asking({}), {}));
    CHECK_FALSE(require_origin(asking({{"origin", "https://evil.example"}}), {}));
    CHECK(require_origin(asking({{"origin", "https://hotline.example:8443"}}), {}));
}

TEST_CASE("L6: the CSRF token must be the session's") {
    CHECK(check_csrf(asking({{"x-csrf-token", "abc"}}), "abc"));
    CHECK_FALSE(check_csrf(asking({{"x-csrf-token", "abd"}}), "abc"));
    CHECK_FALSE(check_csrf(asking({{"x-csrf-token", ""}}), ""));
    const auto missing = check_csrf(asking({}), "abc");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::csrf_failed);
}

TEST_CASE("only reading methods count as safe") {
    using enum http::Method;
    for (const auto method : {get, head, options}) CHECK_FALSE(is_unsafe(method));
    for (const auto method : {post, put, patch, del, other}) CHECK(is_unsafe(method));
}
