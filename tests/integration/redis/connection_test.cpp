#include "integrations/redis/connection.hpp"

#include "integrations/redis/durability.hpp"
#include "tests/integration/redis/loop.hpp"
#include "tests/support/tcp_gate.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace hotline;
using namespace hotline::test;
using redis::command_of;
using redis::Reply;

TEST_CASE("a reply of every kind arrives with its bytes unchanged") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    const std::string bytes("a\0b\r\n\xff", 6);

    const auto set = loop.wait(link.connection.command(command_of("SET", "k", bytes)));
    REQUIRE(set);
    CHECK(set->kind == Reply::Kind::status);
    CHECK(loop.wait(link.connection.command(command_of("GET", "k")))->text == bytes);
    CHECK(loop.wait(link.connection.command(command_of("GET", "none")))->is_nil());
    CHECK(loop.wait(link.connection.command(command_of("STRLEN", "k")))->integer == 6);
    const auto list = loop.wait(link.connection.command(command_of("MGET", "k", "none")));
    REQUIRE(list->elements.size() == 2);
    CHECK(list->elements[0].text == bytes);
    CHECK(list->elements[1].is_nil());
    const auto wrong = loop.wait(link.connection.command(command_of("INCR", "k")));
    REQUIRE(wrong);
    CHECK(wrong->is_error("ERR"));
    CHECK(redis::unless_error(*wrong).error().code == ErrorCode::internal);
}

TEST_CASE("an empty pipeline has no replies, an empty command is refused") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    CHECK(loop.wait(link.connection.pipeline({}))->empty());
    CHECK_FALSE(loop.wait(link.connection.command({})));
    CHECK(link.connection.available());
}

TEST_CASE("a transaction of a pipeline is not mixed with other callers' commands") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    int wrong = 0;
    int done = 0;
    const auto one = [](redis::Connection& c, int& bad, int& count
                     ) -> boost::asio::awaitable<void> {
        std::vector<redis::Command> commands;
        commands.push_back(command_of("MULTI"));
        commands.push_back(command_of("INCR", "n"));
        commands.push_back(command_of("INCR", "n"));
        commands.push_back(command_of("EXEC"));
        const auto replies = co_await c.pipeline(std::move(commands));
        const bool good =
            replies && replies->back().elements.size() == 2 &&
            replies->back().elements[1].integer == replies->back().elements[0].integer + 1;
        bad += good ? 0 : 1;
        ++count;
    };
    for (int i = 0; i < 500; ++i) loop.spawn(one(link.connection, wrong, done));
    loop.until([&] { return done == 500; });
    CHECK(wrong == 0);
}

TEST_CASE("large commands beyond the output buffer go through in order") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    int good = 0;
    int done = 0;
    const auto one = [](redis::Connection& c, int i, int& right, int& count
                     ) -> boost::asio::awaitable<void> {
        const auto reply = co_await c.command(
            command_of("APPEND", "big", std::string(100'000, 'x')), std::chrono::seconds(20)
        );
        right += reply && reply->integer == (i + 1) * 100'000 ? 1 : 0;
        ++count;
    };
    for (int i = 0; i < 300; ++i) loop.spawn(one(link.connection, i, good, done));
    loop.until([&] { return done == 300; });
    CHECK(good == 300);
}

TEST_CASE("killing Redis fails what is outstanding and opens the circuit at once") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    std::vector<Result<Reply>> results;
    const auto block = [](redis::Connection& c,
                          std::vector<Result<Reply>>& out) -> boost::asio::awaitable<void> {
        out.push_back(co_await c.command(command_of("BLPOP", "nothing", "0"), 30s));
    };
    for (int i = 0; i < 20; ++i) loop.spawn(block(link.connection, results));
    loop.turn_for(50ms);
    REQUIRE(results.empty());

    server.crash();
    loop.until([&] { return results.size() == 20; }, 2s);
    for (const auto& result : results) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::store_unavailable);
    }
    CHECK_FALSE(link.connection.available());
    const auto before = std::chrono::steady_clock::now();
    CHECK(
        loop.wait(link.connection.command(command_of("PING"))).error().code ==
        ErrorCode::store_unavailable
    );
    CHECK(std::chrono::steady_clock::now() - before < 100ms);
    CHECK_FALSE(link.connection.last_failure().empty());

    server.start();
    CHECK(loop.wait(link.connection.wait_available(5s)));
    CHECK(loop.wait(link.connection.command(command_of("PING")))->text == "PONG");
    CHECK(link.connection.counts().connects == 2);
    CHECK(link.connection.last_failure().empty());
}

TEST_CASE("a frozen Redis costs one deadline, then nothing, and is found again") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    server.freeze();
    std::vector<Result<Reply>> results;
    const auto ask = [](redis::Connection& c,
                        std::vector<Result<Reply>>& out) -> boost::asio::awaitable<void> {
        out.push_back(co_await c.command(command_of("PING")));
    };
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 100; ++i) loop.spawn(ask(link.connection, results));
    loop.until([&] { return results.size() == 100; });
    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(took >= 800ms);
    CHECK(took < 1500ms);
    for (const auto& result : results) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::deadline_exceeded);
    }
    CHECK_FALSE(link.connection.available());
    CHECK(link.connection.counts().expiries == 1);

    loop.turn_for(1500ms);  // connecting works, a frozen server even accepts; PING is not answered
    CHECK_FALSE(link.connection.available());
    server.thaw();
    CHECK(loop.wait(link.connection.wait_available(5s)));
    CHECK(loop.wait(link.connection.command(command_of("PING")))->text == "PONG");
}

TEST_CASE("a slow Redis costs only the late command, and replies stay with their commands") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    REQUIRE(loop.wait(link.connection.command(command_of("PING"))));
    server.freeze();
    const auto late = loop.wait(link.connection.command(command_of("ECHO", "late"), 50ms));
    REQUIRE_FALSE(late);
    CHECK(late.error().code == ErrorCode::deadline_exceeded);
    CHECK(link.connection.available());
    server.thaw();
    CHECK(loop.wait(link.connection.command(command_of("ECHO", "next")))->text == "next");
    CHECK(link.connection.counts().connects == 1);
}

TEST_CASE("an idle connection notices by its PING that Redis is frozen") {
    PrivateRedis server;
    Loop loop;
    auto settings = settings_for(server);
    settings.ping_every = 200ms;
    Linked link(loop, settings);
    loop.turn_for(700ms);
    CHECK(link.connection.available());
    server.freeze();
    loop.until([&] { return !link.connection.available(); }, 2s);
    server.thaw();
}

TEST_CASE("a late loop does not take answered commands for unanswered ones") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    std::vector<Result<Reply>> results;
    const auto ask = [](redis::Connection& c,
                        std::vector<Result<Reply>>& out) -> boost::asio::awaitable<void> {
        out.push_back(co_await c.command(command_of("PING")));
    };
    loop.spawn(ask(link.connection, results));
    loop.io.restart();
    loop.io.poll();  // sent
    std::this_thread::sleep_for(1200ms);
    loop.until([&] { return results.size() == 1; });
    CHECK(results[0]);
    CHECK(link.connection.available());
}

TEST_CASE("without a server commands fail at once and the connection comes up with the server") {
    PrivateRedis server;
    server.crash();
    Loop loop;
    Linked link(loop, settings_for(server), false);
    loop.turn_for(200ms);
    CHECK_FALSE(loop.wait(link.connection.command(command_of("PING"))));
    CHECK_FALSE(loop.wait(link.connection.wait_available(100ms)));
    server.start();
    CHECK(loop.wait(link.connection.wait_available(3s)));
}

TEST_CASE("over TCP a refused connection is retried, and a host name is looked up") {
    PrivateRedis server;
    Loop loop;
    redis::ConnectionSettings settings;
    settings.port = server.port();
    server.crash();
    Linked numeric(loop, settings, false);
    loop.turn_for(300ms);
    CHECK_FALSE(numeric.connection.available());
    CHECK(numeric.connection.last_failure() == "Connection refused");

    server.start();
    CHECK(loop.wait(numeric.connection.wait_available(3s)));
    // No address as we read them, but the resolver knows it also on a machine without /etc/hosts.
    settings.host = "127.1";
    Linked named(loop, settings);
    CHECK(loop.wait(named.connection.command(command_of("PING")))->text == "PONG");
}

TEST_CASE("a Redis that is cut off in the middle of a reply is reconnected") {
    PrivateRedis server;
    TcpGate gate(server.socket().string());
    Loop loop;
    redis::ConnectionSettings settings;
    settings.port = gate.port();
    Linked link(loop, settings);
    gate.cut_answer_to("needle");
    const auto lost = loop.wait(link.connection.command(command_of("INCR", "needle")));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == ErrorCode::store_unavailable);
    CHECK(loop.wait(link.connection.wait_available(3s)));
    // Unknown does not mean undone: it was counted although nobody heard of it.
    CHECK(loop.wait(link.connection.command(command_of("GET", "needle")))->text == "1");

    gate.black_hole(true);
    const auto silent = loop.wait(link.connection.command(command_of("PING")));
    REQUIRE_FALSE(silent);
    CHECK(silent.error().code == ErrorCode::deadline_exceeded);
    gate.heal();
    CHECK(loop.wait(link.connection.wait_available(5s)));
}

TEST_CASE("a user with a password gets in, a wrong password is told") {
    PrivateRedis server;
    Loop loop;
    Linked root(loop, settings_for(server));
    loop.wait(root.connection.command(
        command_of("ACL", "SETUSER", "hotline", "on", ">secret", "~*", "&*", "+@all")
    ));
    auto settings = settings_for(server);
    settings.user = "hotline";
    settings.password = "secret";
    settings.name = "test";
    Linked link(loop, settings);
    CHECK(loop.wait(link.connection.command(command_of("ACL", "WHOAMI")))->text == "hotline");
    CHECK(loop.wait(link.connection.command(command_of("CLIENT", "GETNAME")))->text == "test");

    settings.password = "wrong";
    Linked refused(loop, settings, false);
    loop.turn_for(200ms);
    CHECK_FALSE(refused.connection.available());
    CHECK(refused.connection.last_failure().starts_with("WRONGPASS"));
}

TEST_CASE("a flood past the bound is refused, not queued") {
    PrivateRedis server;
    Loop loop;
    auto settings = settings_for(server);
    settings.max_outstanding = 10;
    Linked link(loop, settings);
    int full = 0;
    int done = 0;
    const auto ask = [](redis::Connection& c, int& refused, int& count
                     ) -> boost::asio::awaitable<void> {
        const auto reply = co_await c.command(command_of("PING"));
        refused += !reply && reply.error().code == ErrorCode::queue_full ? 1 : 0;
        ++count;
    };
    for (int i = 0; i < 25; ++i) loop.spawn(ask(link.connection, full, done));
    loop.until([&] { return done == 25; });
    CHECK(full == 15);
}

TEST_CASE("each setting that would lose appeals is found and named") {
    struct Case {
        std::string setting;
        std::string wrong;
        std::string right;
    };
    const Case cases[] = {
        {"appendonly", "no", "yes"},
        {"appendfsync", "everysec", "always"},
        {"no-appendfsync-on-rewrite", "yes", "no"},
        {"maxmemory-policy", "allkeys-lru", "noeviction"},
    };
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    const auto set = [&](const std::string& setting, const std::string& value) {
        return loop.wait(link.connection.command(command_of("CONFIG", "SET", setting, value)));
    };
    CHECK(loop.wait(redis::check_durable_settings(link.connection)));
    for (const auto& [setting, wrong, right] : cases) {
        CAPTURE(setting);
        CHECK(set(setting, wrong)->text == "OK");
        const auto checked = loop.wait(redis::check_durable_settings(link.connection));
        REQUIRE_FALSE(checked);
        CHECK(
            checked.error().detail ==
            "redis setting " + setting + " is \"" + wrong + "\", must be \"" + right + "\""
        );
        CHECK(set(setting, right)->text == "OK");
    }
    CHECK(loop.wait(redis::check_durable_settings(link.connection)));
    server.crash();  // it would first finish the rewrite that "appendonly yes" has begun
}
