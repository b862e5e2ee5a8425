#pragma once

#include "integrations/redis/connection.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace hotline::redis {

struct Taken {
    bool allowed = false;
    std::chrono::seconds wait{};  // until the next one is allowed, rounded up; 0 when allowed

    bool operator==(const Taken&) const = default;
};

// The rule both the script and the fallback follow: a bucket of `limit` tokens that fills evenly
// over `per` (the generic cell rate algorithm: one time stamp per key). Bounded: past `max_keys`
// the keys that are full again are dropped, then new keys are refused. Thread-safe.
class LocalBuckets {
public:
    explicit LocalBuckets(std::size_t max_keys = 100'000) : max_keys_(max_keys) {}

    Taken take(
        const std::string& key,
        int limit,
        std::chrono::milliseconds per,
        std::chrono::steady_clock::time_point now
    );

private:
    void drop_full(std::chrono::steady_clock::time_point now);

    std::mutex mutex_;
    std::size_t max_keys_;
    std::unordered_map<std::string, std::chrono::steady_clock::time_point> full_at_;
};

enum class WhenAway {
    count_locally,  // each server counts for itself
    refuse,         // one-time passwords, look-up codes: better nobody than everybody
};

// Counters shared by all servers.
class Limits {
public:
    explicit Limits(Connection& connection);

    // Takes one token of `key`. `limit` ≥ 1 in each `per`.
    boost::asio::awaitable<Taken> take(
        std::string key,
        int limit,
        std::chrono::milliseconds per,
        WhenAway when_away = WhenAway::count_locally
    );

    // True the first time within `ttl`, false after that: one-time tickets, nonces. An error means
    // not known, and the caller must refuse.
    boost::asio::awaitable<Result<bool>> remember_once(
        std::string key, std::chrono::milliseconds ttl
    );

private:
    Connection& connection_;
    LocalBuckets local_;
};

}  // namespace hotline::redis
