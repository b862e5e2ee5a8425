// What a hostile or broken client gets, and that others do not notice.
#include "tests/integration/http/fixture.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <deque>
#include <stdexcept>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

http::Settings hurried() {
    http::Settings settings;
    settings.limits.header_timeout = 300ms;
    settings.limits.body_timeout = 300ms;
    settings.limits.idle_timeout = 300ms;
    settings.limits.write_timeout = 300ms;
    settings.limits.drain_timeout = 2000ms;
    settings.limits.connections_per_address = 0;
    return settings;
}

boost::asio::awaitable<http::Response> slow_answer(http::Request) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 500ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return http::json("late");
}

boost::asio::awaitable<http::Response> endless(http::Request) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 1h);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return http::json("never");
}

boost::asio::awaitable<http::Response> broken(http::Request request) {
    if (request.path == "/throw") throw std::runtime_error("a bug");
    co_return http::json("fine");
}

boost::asio::awaitable<http::Response> huge(http::Request) {
    co_return http::json(std::string(64 * 1024 * 1024, 'x'));
}

}  // namespace

TEST_CASE("badly framed requests are refused and nothing behind them is served") {
    std::atomic<int> served = 0;
    RunningServer server({}, [&](http::Request request) {
        ++served;
        return describe(std::move(request));
    });
    const std::string smuggled = get("/smuggled");
    const std::string attacks[] = {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
    };
    for (const auto& attack : attacks) {
        CAPTURE(attack);
        Client client(server.port());
        const auto answer = client.send(attack + smuggled).receive();
        CHECK(answer.status == 400);
        CHECK(answer.header("connection") == "close");
        CHECK(answer.header("content-type") == "application/problem+json; charset=utf-8");
        CHECK(client.closed());
    }
    CHECK(served == 0);
}

TEST_CASE("a 20 MB body is answered 413 although the client sends all of it first") {
    RunningServer server({}, describe);
    const std::string body(20 * 1000 * 1000, 'b');
    Client client(server.port());
    CHECK(client.try_send(post("/echo", body)));
    const auto answer = client.receive();
    CHECK(answer.status == 413);
    CHECK(answer.body.find("body_too_large") != std::string::npos);
    CHECK(client.closed());

    Client chunked(server.port());
    std::string start =
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1312D00\r\n";
    CHECK(chunked.try_send(start + body + "\r\n0\r\n\r\n"));
    CHECK(chunked.receive().status == 413);
    CHECK(chunked.closed());
}

TEST_CASE("what is read of a refused body is bounded") {
    auto settings = hurried();
    settings.limits.drain_bytes = 1024 * 1024;
    RunningServer server(settings, describe);
    Client client(server.port());
    const std::string body(30 * 1000 * 1000, 'b');
    CHECK_FALSE(client.try_send(post("/echo", body)));
}

TEST_CASE("a head over 16 KiB is 431, also without an end") {
    RunningServer server({}, describe);
    for (const std::string end : {"\r\n\r\n", ""}) {
        Client client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + end);
        CHECK(client.receive().status == 431);
    }
    Client client(server.port());
    CHECK(client.send(get("/", "X: " + std::string(16'000, 'x') + "\r\n")).receive().status == 200);
}

TEST_CASE("slow heads and bodies are told 408, silence just ends") {
    RunningServer server(hurried(), describe);
    const auto started = Clock::now();
    Client head(server.port());
    Client body(server.port());
    Client silent(server.port());
    Client idle(server.port());
    head.send("GET / HTTP/1.1\r\nHo");
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    CHECK(idle.send(get("/")).receive().status == 200);
    CHECK(head.receive().status == 408);
    CHECK(head.closed());
    CHECK(body.receive().status == 408);
    CHECK(body.closed());
    CHECK(silent.closed());
    CHECK(idle.closed());
    CHECK(Clock::now() - started < 3s);
    CHECK(server.stats().timed_out == 2);
}

TEST_CASE("dripping bytes does not buy time") {
    RunningServer server(hurried(), describe);
    Client head(server.port());
    Client body(server.port());
    head.send("GET / HTTP/1.1\r\nX: ");
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    const auto started = Clock::now();
    bool head_alive = true;
    bool body_alive = true;
    while ((head_alive || body_alive) && Clock::now() - started < 5s) {
        std::this_thread::sleep_for(50ms);
        head_alive = head_alive && head.try_send("x");
        body_alive = body_alive && body.try_send("x");
    }
    CHECK(Clock::now() - started < 3s);
}

TEST_CASE("a body that keeps the minimum rate may take longer than the timeout") {
    auto settings = hurried();
    settings.limits.min_rate = 1000;
    RunningServer server(settings, describe);
    Client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n");
    for (int i = 0; i < 10; ++i) {
        client.send(std::string(200, 'x'));
        std::this_thread::sleep_for(100ms);
    }
    CHECK(client.receive().body == "POST / 2000 127.0.0.1");
}

TEST_CASE("a client that does not read its answer is dropped") {
    RunningServer server(hurried(), huge);
    Client client(server.port());
    client.send(get("/"));
    while (server.stats().accepted == 0) std::this_thread::sleep_for(10ms);
    for (int i = 0; i < 50 && server.stats().connections > 0; ++i)
        std::this_thread::sleep_for(100ms);
    CHECK(server.stats().connections == 0);
    CHECK(server.stats().timed_out == 1);
}

TEST_CASE("past its share an address is told 429, past the total everybody 503") {
    auto settings = hurried();
    settings.limits.idle_timeout = settings.limits.header_timeout = 10s;
    settings.limits.connections_per_address = 2;
    {
        RunningServer server(settings, describe);
        Client a(server.port());
        auto b = std::make_unique<Client>(server.port());
        CHECK(a.send(get("/")).receive().status == 200);
        CHECK(b->send(get("/")).receive().status == 200);
        Client c(server.port());
        const auto answer = c.send(get("/")).receive();
        CHECK(answer.status == 429);
        CHECK(std::stoi(answer.header("retry-after")) > 0);
        CHECK(c.closed());
        b.reset();
        std::this_thread::sleep_for(50ms);
        CHECK(Client(server.port()).send(get("/")).receive().status == 200);
        CHECK(server.stats().refused == 1);
    }
    settings.limits.connections_per_address = 0;
    settings.limits.connections = 1;
    RunningServer server(settings, describe);
    Client a(server.port());
    CHECK(a.send(get("/")).receive().status == 200);
    const auto answer = Client(server.port()).send(get("/")).receive();
    CHECK(answer.status == 503);
    CHECK(std::stoi(answer.header("retry-after")) > 0);
    CHECK(a.send(get("/")).receive().status == 200);
}

TEST_CASE("behind a proxy the bound is the client's requests under way") {
    auto settings = hurried();
    settings.trusted_proxies = {"127.0.0.1"};
    settings.limits.connections_per_address = 1;
    RunningServer server(settings, slow_answer);
    Client one(server.port());
    Client same(server.port());
    Client other(server.port());
    one.send(get("/", "X-Forwarded-For: 203.0.113.1\r\n"));
    std::this_thread::sleep_for(50ms);
    same.send(get("/", "X-Forwarded-For: 203.0.113.1\r\n"));
    other.send(get("/", "X-Forwarded-For: 203.0.113.2\r\n"));
    CHECK(same.receive().status == 429);
    CHECK(one.receive().status == 200);
    CHECK(other.receive().status == 200);
}

TEST_CASE("past the requests under way the answer is 503 and the connection goes on") {
    auto settings = hurried();
    settings.limits.requests_in_flight = 1;
    settings.limits.idle_timeout = 10s;
    RunningServer server(settings, slow_answer);
    Client a(server.port());
    Client b(server.port());
    a.send(get("/"));
    std::this_thread::sleep_for(50ms);
    const auto refused = b.send(get("/")).receive();
    CHECK(refused.status == 503);
    CHECK_FALSE(refused.header("retry-after").empty());
    CHECK(a.receive().body == "late");
    CHECK(b.send(get("/")).receive().body == "late");
}

TEST_CASE(
    "large bodies have a number of places, few of them for one address, given back when served"
) {
    auto settings = hurried();
    settings.limits.body_bytes = 1024;
    settings.limits.large_bodies = 3;
    settings.limits.large_bodies_per_address = 2;
    settings.limits.idle_timeout = 10s;
    settings.trusted_proxies = {"127.0.0.1"};
    http::Hooks hooks;
    hooks.max_body = [](http::Method, std::string_view) { return std::size_t{1024 * 1024}; };
    RunningServer server(settings, slow_answer, hooks);
    const auto large = [](const std::string& from) {
        return post("/", std::string(4096, 'x'), "X-Forwarded-For: " + from + "\r\n");
    };
    std::deque<Client> holders;
    for (const char* from : {"203.0.113.1", "203.0.113.1", "203.0.113.2"}) {
        holders.emplace_back(server.port()).send(large(from));
    }
    std::this_thread::sleep_for(100ms);
    Client greedy(server.port());
    CHECK(greedy.send(large("203.0.113.1")).receive().status == 503);  // all places are taken
    Client small(server.port());
    small.send(post("/", "small", "X-Forwarded-For: 203.0.113.3\r\n"));
    for (auto& holder : holders) CHECK(holder.receive().status == 200);
    CHECK(small.receive().status == 200);
    // On the connections that are kept open, too.
    holders[0].send(large("203.0.113.1"));
    holders[1].send(large("203.0.113.1"));
    std::this_thread::sleep_for(100ms);
    Client third(server.port());
    CHECK(third.send(large("203.0.113.1")).receive().status == 429);
    Client other(server.port());
    CHECK(other.send(large("203.0.113.2")).receive().status == 200);
}

TEST_CASE("a handler that throws costs its request 500 and nothing else") {
    RunningServer server({}, broken);
    Client client(server.port());
    const auto answer = client.send(get("/throw", "Accept-Language: en\r\n")).receive();
    CHECK(answer.status == 500);
    CHECK(answer.body.find("Internal error") != std::string::npos);
    CHECK(answer.body.find("a bug") == std::string::npos);
    CHECK(client.send(get("/")).receive().body == "fine");
    CHECK(server.failures() == std::vector<std::string>{"handler: a bug"});
}

TEST_CASE("stopping lets requests finish, ends idle connections and refuses new ones") {
    http::Settings settings;
    RunningServer server(settings, slow_answer);
    const auto port = server.port();
    Client idle(port);
    Client busy(port);
    CHECK(idle.send(get("/")).receive().status == 200);
    busy.send(get("/"));
    std::this_thread::sleep_for(50ms);
    const auto started = Clock::now();
    server.begin_stop(5s);
    CHECK(idle.closed());
    CHECK(Clock::now() - started < 400ms);
    CHECK_THROWS(Client(port));
    const auto answer = busy.receive();
    CHECK(answer.body == "late");
    CHECK(answer.header("connection") == "close");
    server.wait();
    CHECK(Clock::now() - started < 3s);
}

TEST_CASE("stopping does not wait longer than its drain time") {
    RunningServer server({}, endless);
    Client busy(server.port());
    busy.send(get("/"));
    std::this_thread::sleep_for(50ms);
    const auto started = Clock::now();
    server.begin_stop(200ms);
    server.wait();
    CHECK(Clock::now() - started < 2s);
    CHECK(busy.receive().status == 0);
}

TEST_CASE("a thousand slow clients do not slow a normal one, and are dropped") {
    rlimit files{};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &files) == 0);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
    REQUIRE(setrlimit(RLIMIT_NOFILE, &files) == 0);

    auto settings = hurried();
    settings.limits.header_timeout = settings.limits.body_timeout = 2s;
    RunningServer server(settings, describe);
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 1000; ++i) {
        slow.push_back(std::make_unique<Client>(server.port()));
        slow.back()->send(
            i % 2 == 0 ? "GET / HTTP/1.1\r\nX: "
                       : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"
        );
    }
    std::vector<Clock::duration> times;
    Client normal(server.port());
    for (int i = 0; i < 1000; ++i) {
        const auto started = Clock::now();
        REQUIRE(normal.send(get("/")).receive().status == 200);
        times.push_back(Clock::now() - started);
        slow[static_cast<std::size_t>(i)]->try_send("x");
    }
    std::ranges::sort(times);
    CHECK(times[989] < 200ms);
    for (int i = 0; i < 100 && server.stats().connections > 1; ++i)
        std::this_thread::sleep_for(100ms);
    CHECK(server.stats().connections <= 1);
    CHECK(server.stats().timed_out == 1000);
}
