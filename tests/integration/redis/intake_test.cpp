#include "integrations/redis/intake_stream.hpp"
#include "tests/integration/redis/intake_fixture.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace hotline::test;
using redis::Appended;
using redis::command_of;
using redis::IntakeKey;

TEST_CASE("the same key with the same body is replayed, with another body refused") {
    IntakeFixture t;
    const auto fresh = t.append("k1", "hash", "T1", "payload");
    REQUIRE(fresh);
    CHECK(fresh->kind == Appended::Kind::fresh);
    CHECK(fresh->ticket_no == "T1");
    CHECK_FALSE(fresh->stream_id.empty());

    const auto again = t.append("k1", "hash", "T2", "payload");
    REQUIRE(again);
    CHECK(again->kind == Appended::Kind::replayed);
    CHECK(again->ticket_no == "T1");
    CHECK(again->stream_id == fresh->stream_id);

    const auto other = t.append("k1", "other hash", "T3", "another");
    REQUIRE(other);
    CHECK(other->kind == Appended::Kind::other_body);
    CHECK(other->ticket_no == "T1");

    IntakeKey elsewhere{ticketing::Channel::phone, "k1", "other hash"};
    const auto phone = t.loop.wait(t.stream.append(elsewhere, "T4", "x"));
    CHECK(phone->kind == Appended::Kind::fresh);
    CHECK(t.loop.wait(t.stream.length()) == 2U);
}

TEST_CASE("the key is forgotten only after its lifetime") {
    IntakeFixture t;
    t.append("k1", "hash", "T1", "payload");
    const auto left = t.loop.wait(t.commands.connection.command(command_of("PTTL", "idem:web:k1")));
    const std::int64_t week = std::chrono::milliseconds(std::chrono::days(7)).count();
    CHECK(left->integer > week - 60'000);
    CHECK(left->integer <= week);
}

TEST_CASE("an entry comes out as it went in") {
    IntakeFixture t;
    const std::string payload("{\"a\":\"\0中\r\n\"}", 13);
    t.append("key", std::string("h\0 h", 4), "202611230001", payload);
    const auto batch = t.read("c1");
    REQUIRE(batch.size() == 1);
    REQUIRE(batch[0].entry);
    CHECK(batch[0].entry->key.idempotency_key == "key");
    CHECK(batch[0].entry->key.body_hash == std::string("h\0 h", 4));
    CHECK(batch[0].entry->ticket_no == "202611230001");
    CHECK(batch[0].entry->payload == payload);
    CHECK(batch[0].entry->origin == "server-a");
    const auto age = std::chrono::system_clock::now() - batch[0].entry->accepted_at;
    CHECK(age < 10s);
    CHECK(age > -1s);
    // A replay still tells another body from the same when the hash has spaces and NULs.
    CHECK(t.append("key", std::string("h\0 h", 4), "x", "")->kind == Appended::Kind::replayed);
}

TEST_CASE("the group is made from the first entry on, also after FLUSHALL") {
    IntakeFixture t;
    t.append("before", "h", "T1", "p");  // there was no group yet
    CHECK(t.read("c1").size() == 1);
    CHECK(t.loop.wait(t.stream.ensure_group()));
    CHECK(t.loop.wait(t.stream.ensure_group()));

    t.loop.wait(t.commands.connection.command(command_of("FLUSHALL")));
    t.append("after", "h", "T2", "p");
    const auto batch = t.read("c1");
    REQUIRE(batch.size() == 1);
    CHECK(batch[0].entry->ticket_no == "T2");

    t.loop.wait(t.commands.connection.command(command_of("FLUSHALL")));
    CHECK(t.loop.wait(t.stream.claim_stale("c1", 0ms, 10))->deliveries.empty());
    t.loop.wait(t.commands.connection.command(command_of("FLUSHALL")));
    CHECK(t.loop.wait(t.stream.own_pending("c1", 10, "0"))->empty());
    t.loop.wait(t.commands.connection.command(command_of("FLUSHALL")));
    CHECK(t.loop.wait(t.stream.outstanding())->length == 0);
    CHECK(t.loop.wait(t.stream.orphans(0ms, 10))->empty());
}

TEST_CASE("acknowledged entries are gone, everything else stays outstanding") {
    IntakeFixture t;
    for (int i = 0; i < 5; ++i) t.append("k" + std::to_string(i), "h", "T", "p");
    const auto batch = t.read("c1", 3);
    REQUIRE(batch.size() == 3);
    CHECK(t.loop.wait(t.stream.outstanding())->pending == 3);
    CHECK(t.loop.wait(t.stream.acknowledge({batch[0].id, batch[1].id})) == 2U);
    CHECK(t.loop.wait(t.stream.acknowledge({batch[0].id})) == 0U);
    CHECK(t.loop.wait(t.stream.acknowledge({})) == 0U);
    const auto left = t.loop.wait(t.stream.outstanding());
    CHECK(left->length == 3);
    CHECK(left->pending == 1);
    t.loop.turn_for(20ms);
    const auto age = t.loop.wait(t.stream.oldest_age());
    CHECK(*age >= 15ms);
    CHECK(*age < 30s);
}

TEST_CASE("a restarted consumer gets its own pending entries again, page by page") {
    IntakeFixture t;
    for (int i = 0; i < 5; ++i)
        t.append("k" + std::to_string(i), "h", "T" + std::to_string(i), "p");
    REQUIRE(t.read("c1").size() == 5);
    const auto first = t.loop.wait(t.stream.own_pending("c1", 3, "0"));
    REQUIRE(first->size() == 3);
    CHECK((*first)[0].entry->ticket_no == "T0");
    const auto second = t.loop.wait(t.stream.own_pending("c1", 3, first->back().id));
    REQUIRE(second->size() == 2);
    CHECK((*second)[1].entry->ticket_no == "T4");
    CHECK(t.loop.wait(t.stream.own_pending("c1", 3, second->back().id))->empty());
    CHECK(t.loop.wait(t.stream.own_pending("c2", 3, "0"))->empty());

    const auto counts = t.loop.wait(t.stream.delivery_counts({first->front().id, "1-1"}));
    REQUIRE(counts->size() == 1);
    CHECK(counts->front().consumer == "c1");
    CHECK(counts->front().count == 2);
}

TEST_CASE("what a dead consumer held is claimed by another, all of it") {
    IntakeFixture t;
    for (int i = 0; i < 250; ++i) t.append("k" + std::to_string(i), "h", "T", "p");
    REQUIRE(t.read("dead", 250).size() == 250);
    CHECK(t.loop.wait(t.stream.claim_stale("alive", 60s, 100))->deliveries.empty());
    std::set<std::string> ids;
    for (int round = 0; round < 3; ++round) {
        const auto claimed = t.loop.wait(t.stream.claim_stale("alive", 0ms, 100));
        REQUIRE(claimed);
        CHECK(claimed->lost.empty());
        std::vector<std::string> done;
        for (const auto& delivery : claimed->deliveries) {
            CHECK(delivery.entry);
            ids.insert(delivery.id);
            done.push_back(delivery.id);
        }
        t.loop.wait(t.stream.acknowledge(done));
    }
    CHECK(ids.size() == 250);
    CHECK(t.loop.wait(t.stream.length()) == 0U);
}

TEST_CASE("entries deleted behind the queue's back are reported, not swallowed") {
    IntakeFixture t;
    const auto gone = t.append("k1", "h", "T1", "p");
    t.append("k2", "h", "T2", "p");
    REQUIRE(t.read("c1").size() == 2);
    t.loop.wait(t.commands.connection.command(command_of("XDEL", "intake", gone->stream_id)));
    const auto own = t.loop.wait(t.stream.own_pending("c1", 10, "0"));
    REQUIRE(own->size() == 2);
    CHECK((*own)[0].entry.error().code == ErrorCode::not_found);
    const auto claimed = t.loop.wait(t.stream.claim_stale("c2", 0ms, 10));
    REQUIRE(claimed->lost.size() == 1);
    CHECK(claimed->lost[0] == gone->stream_id);
    CHECK(claimed->deliveries.size() == 1);
}

TEST_CASE("an entry nobody can read is handed over with its raw fields") {
    IntakeFixture t;
    t.loop.wait(t.commands.connection.command(command_of("XADD", "intake", "*", "junk", "\xff")));
    const auto batch = t.read("c1");
    REQUIRE(batch.size() == 1);
    CHECK(batch[0].entry.error().code == ErrorCode::invalid_format);
    REQUIRE(batch[0].raw.size() == 1);
    CHECK(batch[0].raw[0] == std::pair<std::string, std::string>("junk", "\xff"));
}

TEST_CASE("a mended entry is put back whatever its key") {
    IntakeFixture t;
    t.append("k1", "h", "T1", "broken");
    auto batch = t.read("c1");
    auto entry = *batch[0].entry;
    entry.payload = "mended";
    CHECK(t.loop.wait(t.stream.requeue(entry)));
    t.loop.wait(t.stream.acknowledge({batch[0].id}));
    batch = t.read("c1");
    REQUIRE(batch.size() == 1);
    CHECK(*batch[0].entry == entry);
}

TEST_CASE("orphans are found and re-injected once; pending and new entries are left alone") {
    IntakeFixture t;
    // More than a page of the search, so that paging is walked, too.
    for (int i = 0; i < 1200; ++i) t.append("k" + std::to_string(i), "h", "T", "p");
    const auto lost = t.read("deleted", 700);
    const auto held = t.read("alive", 300);
    REQUIRE(lost.size() == 700);
    REQUIRE(held.size() == 300);
    CHECK(t.loop.wait(t.stream.orphans(0ms, 5000))->empty());
    t.loop.wait(t.commands.connection.command(
        command_of("XGROUP", "DELCONSUMER", "intake", "tickets", "deleted")
    ));
    CHECK(t.loop.wait(t.stream.orphans(1h, 5000))->empty());
    CHECK(t.loop.wait(t.stream.orphans(0ms, 50))->size() == 50);
    const auto orphans = t.loop.wait(t.stream.orphans(0ms, 5000));
    REQUIRE(orphans->size() == 700);
    CHECK(orphans->front().id == lost.front().id);
    CHECK(orphans->back().id == lost.back().id);
    CHECK(orphans->front().entry);

    CHECK(*t.loop.wait(t.stream.reinject(lost[0].id)));
    CHECK_FALSE(*t.loop.wait(t.stream.reinject(lost[0].id)));
    CHECK_FALSE(*t.loop.wait(t.stream.reinject(held[0].id)));
    CHECK(t.loop.wait(t.stream.orphans(0ms, 5000))->size() == 699);
    CHECK(t.loop.wait(t.stream.length()) == 1200U);
}

TEST_CASE("read_batch waits for the first entry and returns empty when none comes") {
    IntakeFixture t;
    auto began = std::chrono::steady_clock::now();
    CHECK(t.read("c1", 10, 200ms).empty());
    CHECK(std::chrono::steady_clock::now() - began >= 190ms);
    bool done = false;
    const auto wait = [](redis::IntakeStream& s, bool& flag) -> boost::asio::awaitable<void> {
        const auto batch = co_await s.read_batch("c1", 10, 5s);
        flag = batch && batch->size() == 1;
    };
    t.loop.spawn(wait(t.stream, done));
    t.loop.turn_for(50ms);
    began = std::chrono::steady_clock::now();
    t.append("k", "h", "T", "p");  // not behind the blocked read: it has its own connection
    t.loop.until([&] { return done; });
    CHECK(std::chrono::steady_clock::now() - began < 1s);
}

TEST_CASE("a full Redis refuses new appeals and still gives out and removes old ones") {
    IntakeFixture t;
    REQUIRE(t.loop.wait(t.stream.ensure_group()));
    t.append("k1", "h", "T1", "p");
    t.loop.wait(t.commands.connection.command(command_of("CONFIG", "SET", "maxmemory", "1")));
    const auto refused = t.append("k2", "h", "T2", "p");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::queue_full);
    const auto batch = t.read("c1");
    REQUIRE(batch.size() == 1);
    CHECK(t.loop.wait(t.stream.acknowledge({batch[0].id})) == 1U);
    t.loop.wait(t.commands.connection.command(command_of("CONFIG", "SET", "maxmemory", "0")));
}

TEST_CASE("without the replica that was asked for an append is unknown, not accepted") {
    PrivateRedis server;
    Loop loop;
    Linked commands(loop, settings_for(server));
    Linked reader(loop, settings_for(server));
    redis::IntakeStream stream(
        commands.connection,
        reader.connection,
        redis::IntakeSettings{.origin = "server-a", .replicas = 1, .replica_wait = 100ms}
    );
    IntakeKey key{ticketing::Channel::web, "k", "h"};
    const auto appended = loop.wait(stream.append(key, "T1", "p"));
    REQUIRE_FALSE(appended);
    CHECK(appended.error().code == ErrorCode::deadline_exceeded);
    CHECK(loop.wait(stream.length()) == 1U);
}
