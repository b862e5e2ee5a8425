#include "server/http/serialize.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::http;

namespace {

std::string head_of(const Response& response, const Envelope& envelope = {}) {
    std::string out = "left over";
    write_head(out, response, envelope);
    return out;
}

bool has(const std::string& head, const std::string& line) {
    return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

TEST_CASE("every answer carries length, date, request id and the security headers") {
    const auto head = head_of(json("{}", 201), {.date = "today", .request_id = "r1"});
    CHECK(head.starts_with("HTTP/1.1 201 Created\r\n"));
    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(has(head, "content-length: 2"));
    CHECK(has(head, "date: today"));
    CHECK(has(head, "x-request-id: r1"));
    CHECK(has(head, "x-content-type-options: nosniff"));
    CHECK(has(head, "content-security-policy: default-src 'none'; frame-ancestors 'none'"));
    CHECK(head.find("strict-transport-security") == std::string::npos);
    CHECK(head.find("connection:") == std::string::npos);
}

TEST_CASE("HSTS goes out over TLS only, and a page keeps its own policy") {
    Response page;
    page.set("content-security-policy", "default-src 'self'");
    const auto head = head_of(page, {.secure = true});
    CHECK(has(head, "strict-transport-security: max-age=31536000; includeSubDomains"));
    CHECK(has(head, "content-security-policy: default-src 'self'"));
    CHECK(head.find("default-src 'none'") == std::string::npos);
}

TEST_CASE("a header value cannot begin another field") {
    Response response;
    response.set("location", "/a\r\nset-cookie: stolen=1");
    const auto head = head_of(response);
    CHECK(has(head, "location: /a  set-cookie: stolen=1"));
}

TEST_CASE("204 and 304 have no length and a closing answer says so") {
    CHECK(head_of(no_content()).find("content-length") == std::string::npos);
    CHECK(has(head_of(json("{}"), {.keep_alive = false}), "connection: close"));
    CHECK(has(head_of(json("{}"), {.http_1_0 = true}), "connection: keep-alive"));
}
