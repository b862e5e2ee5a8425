#include "integrations/redis/live_bus.hpp"

#include "tests/integration/redis/loop.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::test;
using redis::LiveMessage;

namespace {

struct Feed {
    PrivateRedis server;
    Loop loop;
    Linked commands{loop, settings_for(server)};
    Linked reader{loop, settings_for(server)};
    redis::LiveBus bus{commands.connection, reader.connection, "live", 200};
    std::vector<std::string> got;
    int gaps = 0;
    bool running = false;

    void listen() {
        running = true;
        boost::asio::co_spawn(
            loop.io,
            bus.run(
                [this](const LiveMessage& message) {
                    got.push_back(message.topic + ' ' + message.json);
                },
                [this] { ++gaps; }
            ),
            [this](std::exception_ptr) { running = false; }
        );
        loop.turn_for(100ms);
    }
    std::vector<std::string> publish(int first, int count) {
        std::vector<LiveMessage> messages;
        for (int i = first; i < first + count; ++i) {
            messages.push_back(LiveMessage{.id = {}, .topic = "t", .json = std::to_string(i)});
        }
        auto ids = loop.wait(bus.publish(std::move(messages)));
        if (!ids) throw std::runtime_error(ids.error().detail);
        return std::move(*ids);
    }
    ~Feed() {
        bus.stop();
        loop.until([this] { return !running; });
    }
};

}  // namespace

TEST_CASE("messages arrive in order, those from before the start do not") {
    Feed feed;
    feed.publish(0, 3);
    feed.listen();
    CHECK(feed.publish(3, 100).size() == 100);
    feed.loop.until([&] { return feed.got.size() >= 100; });
    REQUIRE(feed.got.size() == 100);
    for (std::size_t i = 0; i < 100; ++i) CHECK(feed.got[i] == "t " + std::to_string(i + 3));
    CHECK(feed.gaps == 0);
}

TEST_CASE("an empty feed is listened to from its first message on") {
    Feed feed;
    feed.listen();
    feed.publish(0, 1);
    feed.loop.until([&] { return feed.got.size() == 1; });
}

TEST_CASE("after a restart of Redis the feed goes on where it was, without gap or repetition") {
    Feed feed;
    feed.listen();
    feed.publish(0, 10);
    feed.loop.until([&] { return feed.got.size() == 10; });
    feed.server.crash();
    feed.loop.turn_for(200ms);
    const auto away =
        feed.loop.wait(feed.bus.publish({LiveMessage{.id = {}, .topic = "t", .json = "lost"}}));
    REQUIRE_FALSE(away);
    CHECK(away.error().code == ErrorCode::store_unavailable);
    feed.server.start();
    REQUIRE(feed.loop.wait(feed.commands.connection.wait_available(5s)));
    feed.publish(10, 10);
    feed.loop.until([&] { return feed.got.size() >= 20; });
    feed.loop.turn_for(100ms);
    REQUIRE(feed.got.size() == 20);
    CHECK(feed.got.back() == "t 19");
    CHECK(feed.gaps == 0);
}

TEST_CASE("when messages were dropped while the reader was away it says so") {
    Feed feed;
    feed.listen();
    feed.publish(0, 1);
    feed.loop.until([&] { return feed.got.size() == 1; });
    feed.server.crash();
    feed.server.start();
    // Before the reader is back, far more than is retained comes by.
    Loop other;
    Linked writer(other, settings_for(feed.server));
    redis::LiveBus busy(writer.connection, writer.connection, "live", 200);
    std::vector<LiveMessage> flood(1000, LiveMessage{.id = {}, .topic = "t", .json = "flood"});
    REQUIRE(other.wait(busy.publish(std::move(flood))));
    feed.loop.until([&] { return feed.gaps == 1; }, 10s);
    REQUIRE(feed.loop.wait(feed.commands.connection.wait_available(5s)));
    feed.publish(7, 1);
    feed.loop.until([&] { return feed.got.back() == "t 7"; });
    CHECK(feed.gaps == 1);
}

TEST_CASE("a client resumes from its last message, or learns that it is gone") {
    Feed feed;
    const auto ids = feed.publish(0, 50);
    const auto rest = feed.loop.wait(feed.bus.replay(ids[39], 100));
    REQUIRE(rest);
    CHECK_FALSE(rest->gone);
    REQUIRE(rest->messages.size() == 10);
    CHECK(rest->messages[0].json == "40");
    CHECK(rest->messages[0].id == ids[40]);
    CHECK(feed.loop.wait(feed.bus.replay(ids[39], 4))->messages.size() == 4);
    CHECK(feed.loop.wait(feed.bus.replay(ids.back(), 100))->messages.empty());
    CHECK(feed.loop.wait(feed.bus.replay("99999999999999-0", 100))->gone);
    CHECK(
        feed.loop.wait(feed.bus.replay("nonsense", 100)).error().code == ErrorCode::invalid_format
    );

    feed.publish(50, 1000);
    CHECK(feed.loop.wait(feed.bus.replay(ids[39], 100))->gone);
}

TEST_CASE("stop ends a blocked read at once") {
    Feed feed;
    feed.listen();
    const auto began = std::chrono::steady_clock::now();
    feed.bus.stop();
    feed.loop.until([&] { return !feed.running; });
    CHECK(std::chrono::steady_clock::now() - began < 500ms);
}
