// What a well-behaved client sees.
#include "tests/integration/http/fixture.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::test;

TEST_CASE("one connection serves one request after the other") {
    RunningServer server({}, describe);
    Client client(server.port());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.send(get("/a%20b?x=1")).receive();
        CHECK(answer.status == 200);
        CHECK(answer.body == "GET /a b 0 127.0.0.1");
        CHECK(answer.header("x-request-id").size() == 16);
    }
    CHECK(server.stats().accepted == 1);
}

TEST_CASE("requests sent ahead are answered in order") {
    RunningServer server({}, describe);
    Client client(server.port());
    client.send(get("/1") + post("/2", "abc") + get("/3"));
    CHECK(client.receive().body == "GET /1 0 127.0.0.1");
    CHECK(client.receive().body == "POST /2 3 127.0.0.1");
    CHECK(client.receive().body == "GET /3 0 127.0.0.1");
}

TEST_CASE("a request arriving byte by byte is the same request") {
    RunningServer server({}, describe);
    Client client(server.port());
    for (const char c : post("/echo", "企盼渭来")) client.send({&c, 1});
    CHECK(client.receive().body == "企盼渭来");
}

TEST_CASE("a chunked body is put together and its trailers are dropped") {
    RunningServer server({}, describe);
    Client client(server.port());
    const std::string chunked =
        "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;note=x\r\nabc\r\n5\r\ndefgh\r\n0\r\nX-Trailer: 1\r\n\r\n";
    CHECK(client.send(chunked).receive().body == "abcdefgh");
    for (const char c : chunked) client.send({&c, 1});
    CHECK(client.receive().body == "abcdefgh");
    CHECK(client.send(chunked + get("/next")).receive().body == "abcdefgh");
    CHECK(client.receive().body == "GET /next 0 127.0.0.1");
}

TEST_CASE("a body up to the limit comes through whole") {
    RunningServer server({}, describe);
    Client client(server.port());
    const std::string body(1024 * 1024, 'z');
    const auto answer = client.send(post("/echo", body)).receive();
    CHECK(answer.status == 200);
    CHECK(answer.body == body);
}

TEST_CASE("a client that asks first is told to go on, or not to") {
    RunningServer server({}, describe);
    Client client(server.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    );
    CHECK(client.receive_line() == "HTTP/1.1 100 Continue");
    CHECK(client.receive_line().empty());
    CHECK(client.send("hi").receive().body == "hi");
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99000000\r\nExpect: 100-continue\r\n\r\n"
    );
    CHECK(client.receive().status == 413);
    CHECK(client.closed());
}

TEST_CASE("HEAD is answered without its body and the connection goes on") {
    RunningServer server({}, describe);
    Client client(server.port());
    const auto head = client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n").receive(true);
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == "19");
    CHECK(client.send(get("/y")).receive().body == "GET /y 0 127.0.0.1");
}

TEST_CASE("the connection ends when either side says so") {
    RunningServer server({}, describe);
    Client asked(server.port());
    const auto answer = asked.send(get("/", "Connection: close\r\n")).receive();
    CHECK(answer.header("connection") == "close");
    CHECK(asked.closed());
    Client old(server.port());
    CHECK(old.send("GET / HTTP/1.0\r\n\r\n").receive().status == 200);
    CHECK(old.closed());
}

TEST_CASE("who asks is taken from a trusted proxy and from nobody else") {
    const auto forwarded =
        get("/",
            "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Request-Id: "
            "up-1\r\n");
    http::Settings settings;
    {
        RunningServer server(settings, describe);
        const auto answer = Client(server.port()).send(forwarded).receive();
        CHECK(answer.body == "GET / 0 127.0.0.1");
        CHECK(answer.header("x-request-id") != "up-1");
        CHECK(answer.header("strict-transport-security").empty());
    }
    settings.trusted_proxies = {"127.0.0.0/8"};
    RunningServer server(settings, describe);
    const auto answer = Client(server.port()).send(forwarded).receive();
    CHECK(answer.body == "GET / 0 203.0.113.9 secure");
    CHECK(answer.header("x-request-id") == "up-1");
    CHECK_FALSE(answer.header("strict-transport-security").empty());
}

TEST_CASE("every answer is reported with route, status, sizes and id") {
    std::vector<std::string> seen;
    std::vector<std::string> ids;
    http::Hooks hooks;
    hooks.on_answer = [&](const http::AccessRecord& record) {
        seen.push_back(
            std::string(record.route) + " " + std::string(record.path) + " " +
            std::to_string(record.status) + " " + std::to_string(record.bytes_in)
        );
        ids.emplace_back(record.request_id);
        CHECK(record.remote_address == "127.0.0.1");
        CHECK(record.bytes_out > 100);
        CHECK(record.duration < std::chrono::seconds(5));
    };
    std::vector<http::Route> routes;
    routes.push_back({http::Method::post, "/things/{id}", describe, 10});
    const http::Router router(std::move(routes));
    hooks.max_body = [&](http::Method method, std::string_view path) {
        return router.max_body(method, path);
    };
    RunningServer server(
        {}, [&](http::Request request) { return router.dispatch(std::move(request)); }, hooks
    );
    Client client(server.port());
    const auto answer = client.send(post("/things/1", "abc")).receive();
    CHECK(client.send(get("/none")).receive().status == 404);
    const auto refused = client.send(post("/things/2", "12345678901")).receive();
    CHECK(refused.status == 413);
    CHECK(client.closed());
    server.on_loop([&] {
        CHECK(
            seen ==
            std::vector<std::string>{
                "/things/{id} /things/1 200 3", " /none 404 0", " /things/2 413 0"
            }
        );
        CHECK(ids[0] == answer.header("x-request-id"));
        CHECK(ids[2] == refused.header("x-request-id"));
    });
}
