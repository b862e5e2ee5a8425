#include "tests/faults/slow_clients.hpp"

#include "tests/faults/log_in.hpp"
#include "tests/faults/wire.hpp"
#include "tests/faults/world.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

namespace hotline::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int of_each_kind = 250;

std::string appeal(const std::string& key) {
    return request_text(
        "POST",
        "/api/v1/appeals",
        "Idempotency-Key: " + key + "\r\n",
        R"({"content":"园区整天没水，锅炉不敢开，订单要耽误了。","appellant":{"phone":"13909130000"}})"
    );
}

std::string web_socket(const World& world, Wire& wire, const LoggedIn& dispatcher) {
    const WireAnswer ticket =
        wire.ask(request_text("POST", "/api/v1/live/ticket", dispatcher.headers), 10s);
    REQUIRE(ticket.status == 200);
    return "GET /api/v1/live?ticket=" + json_text(ticket.body, "ticket") +
           " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:" +
           std::to_string(world.port()) +
           "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

// A masked text frame (RFC 6455 5.2) whose mask is zero.
std::string frame(const std::string& text) {
    std::string bytes{'\x81', static_cast<char>(0x80 | text.size()), 0, 0, 0, 0};
    return bytes + text;
}

void add_slow_clients(World& world, SlowClients& slow) {
    Wire wire(world.port());
    const LoggedIn dispatcher = log_in(world, wire, "dispatcher");
    std::string greedy;
    for (int i = 0; i < 40; ++i) greedy += request_text("GET", "/api/v1/reference");
    // Those let in by a log-in first: the others' time runs from when they connect.
    for (int i = 0; i < of_each_kind; ++i) {
        slow.add_websocket(
            web_socket(world, wire, dispatcher), frame(R"({"op":"subscribe","topics":["tickets"]})")
        );
    }
    for (int i = 0; i < of_each_kind; ++i) {
        slow.add("POST /api/v1/appeals HTTP/1.1\r\nHost: a\r\nX-Slow: ", "x");
        slow.add(
            "POST /api/v1/appeals HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            "Idempotency-Key: slow-body-1\r\nContent-Length: 60000\r\n\r\n{\"content\":\"",
            "x"
        );
        slow.add(greedy, "");
    }
}

struct Normal {
    std::vector<std::chrono::milliseconds> waits;
    std::size_t failures = 0;
};

// Eight ordinary enterprises and readers, one request after the other.
Normal ordinary_life(const World& world, std::chrono::seconds duration, SlowClients& slow) {
    Normal all;
    std::mutex mutex;
    std::vector<std::thread> people;
    const auto end = Clock::now() + duration;
    for (int who = 0; who < 8; ++who) {
        people.emplace_back([&, who] {
            Wire wire(world.port());
            for (int n = 0; Clock::now() < end; ++n) {
                const std::string key = "ordinary-" + std::to_string(who) + "-" + std::to_string(n);
                const auto start = Clock::now();
                const WireAnswer answer = wire.ask(
                    n % 2 == 0 ? appeal(key) : request_text("GET", "/api/v1/reference"), 10s
                );
                const bool good = answer.status >= 200 && answer.status < 300;
                const std::lock_guard lock(mutex);
                if (!good) ++all.failures;
                all.waits.push_back(
                    std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start)
                );
            }
        });
    }
    while (Clock::now() < end) {
        slow.trickle();
        std::this_thread::sleep_for(1s);
    }
    for (std::thread& person : people) person.join();
    std::ranges::sort(all.waits);
    return all;
}

}  // namespace

TEST_CASE("a thousand slow clients do not keep the others waiting") {
    World world({"HOTLINE_SERVER_MAX_CONNECTIONS_PER_ADDRESS=0"});
    world.start_server();
    SlowClients slow(world.port());
    add_slow_clients(world, slow);
    const std::size_t at_first = slow.still_connected();
    const Normal normal = ordinary_life(world, 20s, slow);
    REQUIRE(!normal.waits.empty());
    const auto p99 = normal.waits[normal.waits.size() * 99 / 100];
    const std::size_t left = slow.still_connected();
    std::cout << slow.size() << " slow clients (" << at_first << " connected at first, " << left
              << " after 20 s): " << normal.waits.size() << " ordinary requests, p99 "
              << p99.count() << " ms, slowest " << normal.waits.back().count() << " ms, "
              << normal.failures << " failed; server holds " << world.server_rss_mb() << " MB\n";
    CHECK(at_first >= 900);
    CHECK(p99 < 2s);
    CHECK(normal.failures == 0);
    CHECK(world.server_rss_mb() < 300);
    // Headers have ten seconds; whoever dripped them is gone.
    CHECK(left <= slow.size() - of_each_kind);
    CHECK(world.server_running());
}

TEST_CASE("one address cannot take every place") {
    World world({"HOTLINE_SERVER_MAX_CONNECTIONS_PER_ADDRESS=32"});
    world.start_server();
    SlowClients slow(world.port());
    for (int i = 0; i < 100; ++i) slow.add("GET / HTTP/1.1\r\nHost: a\r\nX: ", "");
    CHECK(eventually([&] { return slow.still_connected() <= 32; }, 5s));
}

}  // namespace hotline::test
