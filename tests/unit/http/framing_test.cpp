#include "server/http/framing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hotline::http;

namespace {

std::string verdict(const std::string& head) {
    Head into;
    const auto checked = inspect_head(head, into);
    return checked ? "ok" : std::string(name(checked.error()));
}

std::string with_fields(const std::string& fields) {
    return "POST /api/v1/appeals HTTP/1.1\r\nHost: a.cn\r\n" + fields + "\r\n";
}

struct Row {
    std::string head;
    std::string expected;
};

void check_rows(const std::vector<Row>& rows) {
    for (const auto& row : rows) {
        CAPTURE(row.head);
        CHECK(verdict(row.head) == row.expected);
    }
}

}  // namespace

TEST_CASE("an ordinary head is taken apart") {
    Head head;
    const std::string bytes =
        "POST /api/v1/appeals?x=1 HTTP/1.1\r\nHost: hotline.cn:8080\r\nContent-Length: 12\r\n"
        "Expect: 100-Continue\r\nX-Note: \t two words \t\r\n\r\n";
    REQUIRE(inspect_head(bytes, head));
    CHECK(head.method == Method::post);
    CHECK(head.target == "/api/v1/appeals?x=1");
    CHECK(head.content_length == 12u);
    CHECK(head.has_body());
    CHECK(head.expect_continue);
    CHECK(head.keep_alive);
    CHECK_FALSE(head.websocket);
    REQUIRE(head.fields.size() == 4);
    CHECK(head.fields[3].name == "X-Note");
    CHECK(head.fields[3].value == "two words");
}

TEST_CASE("nothing of an earlier request is left in a reused head") {
    Head head;
    REQUIRE(inspect_head(with_fields("Transfer-Encoding: chunked\r\nConnection: close\r\n"), head));
    CHECK(head.chunked);
    CHECK_FALSE(head.keep_alive);
    REQUIRE(inspect_head("GET / HTTP/1.1\r\nHost: a\r\n\r\n", head));
    CHECK_FALSE(head.chunked);
    CHECK(head.keep_alive);
    CHECK(head.fields.size() == 1);
}

TEST_CASE("transfer codings other than one plain chunked are refused") {
    check_rows({
        {with_fields("Transfer-Encoding: chunked\r\n"), "ok"},
        {with_fields("transfer-encoding: Chunked\r\n"), "ok"},
        {with_fields("Transfer-Encoding: gzip\r\n"), "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding: gzip, chunked\r\n"), "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding: chunked, identity\r\n"), "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding: xchunked\r\n"), "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding:\r\n"), "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
         "bad_transfer_encoding"},
        {with_fields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), "bad_transfer_encoding"
        },
        {with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "bad_transfer_encoding"
        },
        {"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "bad_transfer_encoding"
        },
        {with_fields("Transfer-Encoding : chunked\r\n"), "bad_field"},
        {with_fields("Transfer-Encoding\t: chunked\r\n"), "bad_field"},
        {with_fields("Transfer-Encoding: \x0b"
                     "chunked\r\n"),
         "bad_field"},
    });
}

TEST_CASE("a content length is one plain number") {
    check_rows({
        {with_fields("Content-Length: 0\r\n"), "ok"},
        {with_fields("Content-Length: 5\r\n"), "ok"},
        {with_fields("Content-Length: 5\r\nContent-Length: 5\r\n"), "bad_content_length"},
        {with_fields("Content-Length: 5, 5\r\n"), "bad_content_length"},
        {with_fields("Content-Length: +5\r\n"), "bad_content_length"},
        {with_fields("Content-Length: -5\r\n"), "bad_content_length"},
        {with_fields("Content-Length: 0x5\r\n"), "bad_content_length"},
        {with_fields("Content-Length: 5 5\r\n"), "bad_content_length"},
        {with_fields("Content-Length:\r\n"), "bad_content_length"},
        {with_fields("Content-Length: 9999999999999999999\r\n"), "bad_content_length"},
    });
}

TEST_CASE("a body belongs to POST, PUT and PATCH only") {
    for (const std::string method : {"GET", "HEAD", "DELETE", "OPTIONS", "BREW"}) {
        const auto line = method + " /a HTTP/1.1\r\nHost: a\r\n";
        check_rows({
            {line + "Content-Length: 1\r\n\r\n", "unexpected_body"},
            {line + "Transfer-Encoding: chunked\r\n\r\n", "unexpected_body"},
            {line + "Content-Length: 0\r\n\r\n", "ok"},
            {line + "\r\n", "ok"},
        });
    }
    check_rows({
        {"PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", "ok"},
        {"PATCH /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", "ok"},
    });
}

TEST_CASE("there is exactly one host and the target agrees with it") {
    check_rows({
        {"GET / HTTP/1.1\r\n\r\n", "missing_host"},
        {"GET / HTTP/1.0\r\n\r\n", "ok"},
        {"GET / HTTP/1.1\r\nHost:\r\n\r\n", "bad_host"},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "bad_host"},
        {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "bad_host"},
        {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "bad_host"},
        {"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "bad_host"},
        {"GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "ok"},
        {"GET http://a.cn/x HTTP/1.1\r\nHost: A.CN\r\n\r\n", "ok"},
        {"GET http://b.cn/x HTTP/1.1\r\nHost: a.cn\r\n\r\n", "other_host"},
        {"GET http://a.cn HTTP/1.1\r\nHost: a.cn\r\n\r\n", "bad_request_line"},
        {"GET ftp://a.cn/x HTTP/1.1\r\nHost: a.cn\r\n\r\n", "bad_request_line"},
        {"GET x HTTP/1.1\r\nHost: a.cn\r\n\r\n", "bad_request_line"},
        {"CONNECT a.cn:443 HTTP/1.1\r\nHost: a.cn\r\n\r\n", "bad_request_line"},
        {"OPTIONS * HTTP/1.1\r\nHost: a.cn\r\n\r\n", "ok"},
        {"GET * HTTP/1.1\r\nHost: a.cn\r\n\r\n", "bad_request_line"},
    });
    Head head;
    REQUIRE(inspect_head("GET http://a.cn/x?y HTTP/1.1\r\nHost: a.cn\r\n\r\n", head));
    CHECK(head.target == "/x?y");
}

TEST_CASE("request line and fields keep to the grammar") {
    const std::string host = "Host: a\r\n";
    check_rows({
        {"\r\n", "bad_request_line"},
        {"GET /\r\n" + host + "\r\n", "bad_request_line"},
        {"GET  / HTTP/1.1\r\n" + host + "\r\n", "bad_request_line"},
        {"GET / x HTTP/1.1\r\n" + host + "\r\n", "bad_request_line"},
        {"GET /\x80 HTTP/1.1\r\n" + host + "\r\n", "bad_request_line"},
        {"GET / HTTP/1.2\r\n" + host + "\r\n", "bad_request_line"},
        {"GET / HTTP/2.0\r\n" + host + "\r\n", "bad_request_line"},
        {"GET / http/1.1\r\n" + host + "\r\n", "bad_request_line"},
        {"G@T / HTTP/1.1\r\n" + host + "\r\n", "bad_request_line"},
        {"GET / HTTP/1.1\r\n" + host + " folded\r\n\r\n", "folded_field"},
        {"GET / HTTP/1.1\r\n" + host + "X: 1\r\n\t2\r\n\r\n", "folded_field"},
        {"GET / HTTP/1.1\r\n" + host + "no colon\r\n\r\n", "bad_field"},
        {"GET / HTTP/1.1\r\n" + host + ": 1\r\n\r\n", "bad_field"},
        {"GET / HTTP/1.1\r\n" + host + "X(: 1\r\n\r\n", "bad_field"},
        {"GET / HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n\r\n", 11), "bad_field"},
        {"GET / HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n", "bad_line_end"},
        {"GET / HTTP/1.1\r\n" + host + "Expect: tea\r\n\r\n", "bad_expectation"},
        {"GET / HTTP/1.1\r\n" + host, "bad_line_end"},
    });
    std::string many = "GET / HTTP/1.1\r\n" + host;
    for (int i = 0; i < 100; ++i) many += "X: 1\r\n";
    CHECK(verdict(many + "\r\n") == "too_many_fields");
}

TEST_CASE("HTTP/1.0 ends the connection unless it asks to keep it") {
    Head head;
    REQUIRE(inspect_head("GET / HTTP/1.0\r\n\r\n", head));
    CHECK_FALSE(head.keep_alive);
    REQUIRE(inspect_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", head));
    CHECK(head.keep_alive);
    REQUIRE(inspect_head("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", head));
    CHECK_FALSE(head.keep_alive);
}

TEST_CASE("a WebSocket is asked for with both fields on HTTP/1.1 GET") {
    Head head;
    const std::string fields =
        "Host: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n";
    REQUIRE(inspect_head("GET /live HTTP/1.1\r\n" + fields, head));
    CHECK(head.websocket);
    REQUIRE(inspect_head("GET /live HTTP/1.0\r\n" + fields, head));
    CHECK_FALSE(head.websocket);
    REQUIRE(inspect_head("GET /live HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n", head));
    CHECK_FALSE(head.websocket);
}

TEST_CASE("the end of a head is found across reads and lone line feeds at once") {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
    for (std::size_t cut = 0; cut < head.size() - 4; ++cut) {
        CAPTURE(cut);
        const auto partial = head_length(head.substr(0, cut), 0);
        REQUIRE(partial);
        CHECK_FALSE(partial->has_value());
        const auto whole = head_length(head, cut);
        REQUIRE(whole);
        CHECK(whole->value() == head.size() - 4);
    }
    CHECK(head_length("GET / HTTP/1.1\n", 0).error() == FramingFault::bad_line_end);
    CHECK(head_length("\n", 0).error() == FramingFault::bad_line_end);
    CHECK_FALSE(head_length("", 0).value().has_value());
}
