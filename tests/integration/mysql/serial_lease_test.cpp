#include "integrations/mysql/serial_lease.hpp"

#include "tests/support/private_stores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;

TEST_CASE("blocks of one sequence follow each other and sequences do not meet") {
    Pool pool{test::mariadb().migrated_schema()};
    const auto lease = [&](const char* name, std::uint64_t count) {
        return pool.transact_now([=](Connection& db) { return lease_serials(db, name, count); })
            .value()
            .first;
    };
    CHECK(lease("ticket", 100) == 1);
    CHECK(lease("ticket", 10) == 101);
    CHECK(lease("call", 5) == 1);
    CHECK(lease("ticket", 1) == 111);
}

TEST_CASE("eight threads of two servers never get the same serial twice") {
    const Settings schema = test::mariadb().migrated_schema();
    Pool pool_a{schema};
    Pool pool_b{schema};
    SerialSource a{"ticket", 50};
    SerialSource b{"ticket", 50};
    std::vector<std::vector<std::uint64_t>> taken(8);
    std::vector<std::thread> threads;
    for (std::size_t number = 0; number < taken.size(); ++number)
        threads.emplace_back([&, number] {
            SerialSource& source = number % 2 == 0 ? a : b;
            Pool& pool = number % 2 == 0 ? pool_a : pool_b;
            while (taken[number].size() < 500) {
                if (const auto serial = source.take())
                    taken[number].push_back(*serial);
                else if (!refill_now(pool, source))
                    return;
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::vector<std::uint64_t> all;
    for (const auto& part : taken) all.insert(all.end(), part.begin(), part.end());
    REQUIRE(all.size() == 4'000);
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
    CHECK(all.front() >= 1);
}

TEST_CASE("the stock is refilled when the block in use is half used, two blocks ahead") {
    SerialSource source{"ticket", 100};
    CHECK(source.blocks_wanted() == 3);
    for (std::uint64_t block = 0; block < 3; ++block) source.add({1 + block * 100, 100});
    CHECK(source.blocks_wanted() == 0);
    for (int taken = 0; taken < 50; ++taken) source.take();
    CHECK(source.blocks_wanted() == 0);
    source.take();
    CHECK(source.blocks_wanted() == 1);
}

TEST_CASE("serials go on without MySQL until the leased blocks are used up, and then stop") {
    test::PrivateMariadb own;
    Pool pool{own.migrated_schema()};
    SerialSource source{"ticket", 10};
    REQUIRE(refill_now(pool, source));
    own.crash();
    for (std::uint64_t expected = 1; expected <= 30; ++expected) REQUIRE(source.take() == expected);
    CHECK_FALSE(refill_now(pool, source));
    CHECK_FALSE(source.take().has_value());
    own.start();
    CHECK(test::eventually([&] { return refill_now(pool, source).has_value(); }));
    CHECK(source.take() == 31);
}
