#include "integrations/redis/intake_stream.hpp"
#include "tests/integration/redis/intake_fixture.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace hotline;
using namespace hotline::test;
using boost::asio::awaitable;
using redis::Appended;

namespace {

struct Tally {
    std::map<std::string, std::string> accepted;  // key → ticket number
    int unknown = 0;
    int finished = 0;
};

awaitable<void> append_one(redis::IntakeStream& stream, int number, Tally& tally) {
    const std::string key = "key-" + std::to_string(number);
    redis::IntakeKey full{ticketing::Channel::web, key, "hash"};
    const auto appended = co_await stream.append(
        std::move(full), "T" + std::to_string(number), std::string(500, 'x')
    );
    if (appended) {
        tally.accepted[key] = appended->ticket_no;
    } else {
        ++tally.unknown;
    }
    ++tally.finished;
}

std::map<std::string, int> read_everything(IntakeFixture& t) {
    std::map<std::string, int> seen;
    for (auto batch = t.read("checker", 1000); !batch.empty(); batch = t.read("checker", 1000)) {
        std::vector<std::string> ids;
        for (const auto& delivery : batch) {
            ++seen[delivery.entry->key.idempotency_key];
            ids.push_back(delivery.id);
        }
        t.loop.wait(t.stream.acknowledge(ids));
    }
    return seen;
}

}  // namespace

TEST_CASE("ten thousand pipelined appends on one connection arrive exactly once") {
    // The burst comes at once; on a busy machine its end has to wait longer than a caller would.
    IntakeFixture t(20s);
    Tally tally;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 10'000; ++i) t.loop.spawn(append_one(t.stream, i, tally));
    t.loop.until([&] { return tally.finished == 10'000; });
    const auto took = std::chrono::steady_clock::now() - began;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    MESSAGE("10000 durable appends of 500 bytes: " << ms << " ms");
    CHECK(tally.unknown == 0);
    const auto seen = read_everything(t);
    CHECK(seen.size() == 10'000);
    for (const auto& [key, times] : seen) CHECK(times == 1);
}

TEST_CASE("what was answered before kill -9 is there afterwards, exactly once") {
    IntakeFixture t(20s);
    Tally tally;
    int started = 0;
    for (int round = 0; round < 5; ++round) {
        const int first = started;
        for (; started < first + 3000; ++started)
            t.loop.spawn(append_one(t.stream, started, tally));
        t.loop.until([&] { return tally.finished > first + 500 * round; });
        t.server.crash();
        t.loop.until([&] { return tally.finished == started; });
        CHECK_FALSE(t.stream.available());
        t.server.start();
        REQUIRE(t.loop.wait(t.commands.connection.wait_available(5s)));
    }
    CHECK(tally.unknown > 0);
    CHECK(tally.accepted.size() > 1000);
    MESSAGE(tally.accepted.size() << " accepted, " << tally.unknown << " unknown");

    // The callers of the unknown ones send the same key again and learn what became of it.
    const int before = tally.unknown;
    const auto unsure = started - static_cast<int>(tally.accepted.size());
    CHECK(unsure == before);
    tally.finished = 0;
    for (int i = 0; i < started; ++i) t.loop.spawn(append_one(t.stream, i, tally));
    t.loop.until([&] { return tally.finished == started; });
    CHECK(tally.unknown == before);
    for (const auto& [key, ticket_no] : tally.accepted) {
        CHECK(ticket_no == "T" + key.substr(4));
    }
    const auto seen = read_everything(t);
    CHECK(seen.size() == static_cast<std::size_t>(started));
    for (const auto& [key, times] : seen) CHECK(times == 1);
}

TEST_CASE("a consumer blocked in a read survives the restart of Redis") {
    IntakeFixture t;
    int got = 0;
    int errors = 0;
    bool stop = false;
    const auto consume = [](redis::IntakeStream& s, int& entries, int& failed, bool& end
                         ) -> awaitable<void> {
        while (!end) {
            const auto batch = co_await s.read_batch("c1", 100, 300ms);
            if (!batch) ++failed;
            if (batch) entries += static_cast<int>(batch->size());
        }
        end = false;
    };
    t.loop.spawn(consume(t.stream, got, errors, stop));
    t.append("k1", "h", "T1", "p");
    t.loop.until([&] { return got == 1; });
    t.server.crash();
    t.loop.turn_for(1s);
    CHECK(errors >= 1);
    CHECK(errors <= 6);  // it waits for Redis and does not spin
    t.server.start();
    REQUIRE(t.loop.wait(t.commands.connection.wait_available(5s)));
    t.append("k2", "h", "T2", "p");
    t.loop.until([&] { return got == 2; });
    stop = true;
    t.loop.until([&] { return !stop; });
}
