#include "server/auth/trust_cache.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;
using auth::TrustCache;

namespace {

const ticketing::Instant opened{1'795'420'800'000ms};

mysql::TokenDigest token(std::uint8_t first) {
    mysql::TokenDigest out{};
    out[0] = first;
    return out;
}

}  // namespace

TEST_CASE("an answer asked for before a revocation is not kept after it") {
    TrustCache<int> cache(15min);
    const auto before = cache.erasures();
    cache.erase(token(1));
    cache.put(token(1), 7, opened, before);
    CHECK_FALSE(cache.find(token(1)));
    cache.put(token(1), 7, opened, cache.erasures());
    REQUIRE(cache.find(token(1)));
    CHECK(cache.find(token(1))->value == 7);
}

TEST_CASE("revoking by what the entries say leaves the others") {
    TrustCache<int> cache(15min);
    for (std::uint8_t i = 0; i < 4; ++i) cache.put(token(i), i % 2, opened, cache.erasures());
    cache.erase_if([](int value) { return value == 1; });
    CHECK(cache.find(token(0)));
    CHECK_FALSE(cache.find(token(1)));
    CHECK(cache.find(token(2)));
}

TEST_CASE("a full cache drops what was not confirmed for long, or everything") {
    TrustCache<int> cache(15min, 2);
    cache.put(token(1), 1, opened, 0);
    cache.put(token(2), 2, opened + 10min, 0);
    cache.put(token(3), 3, opened + 16min, 0);
    CHECK_FALSE(cache.find(token(1)));
    CHECK(cache.find(token(2)));
    CHECK(cache.find(token(3)));
    cache.put(token(4), 4, opened + 16min, 0);
    CHECK_FALSE(cache.find(token(2)));
    CHECK(cache.find(token(4)));
}
