#include "tests/faults/wire.hpp"
#include "tests/faults/world.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace hotline::test {

using namespace std::chrono_literals;

TEST_CASE("a Redis that does not sync every write is refused at start") {
    World world;
    for (const std::string setting :
         {"appendfsync everysec", "appendonly no", "maxmemory-policy allkeys-lru"}) {
        CAPTURE(setting);
        const std::string name = setting.substr(0, setting.find(' '));
        const std::string before = name == "appendfsync"  ? "always"
                                   : name == "appendonly" ? "yes"
                                                          : "noeviction";
        REQUIRE(world.redis_says("CONFIG SET " + setting) == "+OK");
        world.launch_server();
        CHECK(eventually([&] { return !world.server_running(); }, 15s));
        REQUIRE(world.redis_says("CONFIG SET " + name + " " + before) == "+OK");
    }
    world.start_server();
    CHECK(world.server_running());
}

TEST_CASE("a Redis that comes back with weaker settings stops the server rather than its promise") {
    World world;
    world.start_server();
    REQUIRE(world.redis_says("CONFIG SET appendfsync no") == "+OK");
    world.redis_says("CLIENT KILL TYPE normal");
    CHECK(eventually([&] { return !world.server_running(); }, 15s));
}

TEST_CASE(
    "with both stores away an appeal is refused with 503 and a time to come back, nothing claimed"
) {
    World world;
    world.start_server();
    world.redis().crash();
    world.mariadb().crash();
    std::this_thread::sleep_for(1500ms);
    Wire wire(world.port());
    const std::string body =
        R"({"content":"停电三天了，请尽快处理。","appellant":{"phone":"13909130000"}})";
    const std::string request =
        request_text("POST", "/api/v1/appeals", "Idempotency-Key: both-away-1\r\n", body);
    const WireAnswer refused = wire.ask(request, 5s);
    CHECK(refused.status == 503);
    CHECK(!refused.header("retry-after").empty());
    CHECK(refused.header("content-type").starts_with("application/problem+json"));
    world.mariadb().start();
    world.redis().start();
    WireAnswer accepted;
    CHECK(eventually(
        [&] {
            accepted = wire.ask(request, 5s);
            return accepted.status == 201 || accepted.status == 202;
        },
        20s
    ));
    CHECK(eventually([&] {
        return world.column("SELECT id FROM ticket WHERE idempotency_key='both-away-1'").size() ==
               1;
    }));
}

}  // namespace hotline::test
