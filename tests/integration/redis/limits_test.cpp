#include "integrations/redis/limits.hpp"

#include "tests/integration/redis/loop.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::test;
using redis::WhenAway;

TEST_CASE("a bucket gives its limit, says how long to wait, and fills again") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    redis::Limits limits(link.connection);
    for (int i = 0; i < 5; ++i) CHECK(loop.wait(limits.take("a", 5, 60s)).allowed);
    const auto refused = loop.wait(limits.take("a", 5, 60s));
    CHECK_FALSE(refused.allowed);
    CHECK(refused.wait > 10s);
    CHECK(refused.wait <= 12s);
    CHECK(loop.wait(limits.take("b", 5, 60s)).allowed);

    CHECK(loop.wait(limits.take("fast", 1, 200ms)).allowed);
    CHECK_FALSE(loop.wait(limits.take("fast", 1, 200ms)).allowed);
    loop.turn_for(220ms);
    CHECK(loop.wait(limits.take("fast", 1, 200ms)).allowed);
}

TEST_CASE("two servers share one bucket") {
    PrivateRedis server;
    Loop loop;
    Linked one(loop, settings_for(server));
    Linked two(loop, settings_for(server));
    redis::Limits here(one.connection);
    redis::Limits there(two.connection);
    int allowed = 0;
    for (int i = 0; i < 10; ++i) {
        allowed += loop.wait(here.take("k", 7, 1h)).allowed ? 1 : 0;
        allowed += loop.wait(there.take("k", 7, 1h)).allowed ? 1 : 0;
    }
    CHECK(allowed == 7);
}

TEST_CASE("without Redis each server counts for itself, or refuses where that is safer") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    redis::Limits limits(link.connection);
    server.crash();
    loop.until([&] { return !link.connection.available(); });
    CHECK(loop.wait(limits.take("a", 2, 60s)).allowed);
    CHECK(loop.wait(limits.take("a", 2, 60s)).allowed);
    CHECK_FALSE(loop.wait(limits.take("a", 2, 60s)).allowed);
    const auto refused = loop.wait(limits.take("otp", 2, 60s, WhenAway::refuse));
    CHECK_FALSE(refused.allowed);
    CHECK(refused.wait >= 1s);
    CHECK_FALSE(loop.wait(limits.remember_once("ticket", 60s)));
}

TEST_CASE("a one-time ticket is good once") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    redis::Limits limits(link.connection);
    CHECK(*loop.wait(limits.remember_once("n1", 100ms)));
    CHECK_FALSE(*loop.wait(limits.remember_once("n1", 100ms)));
    CHECK(*loop.wait(limits.remember_once("n2", 100ms)));
    loop.turn_for(150ms);
    CHECK(*loop.wait(limits.remember_once("n1", 100ms)));
}
