#include "integrations/redis/limits.hpp"

#include "integrations/redis/script.hpp"

#include <algorithm>

namespace hotline::redis {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds wait_when_refused{5};

Taken wait_for(microseconds time) {
    return Taken{.allowed = false, .wait = std::chrono::ceil<seconds>(time)};
}

}  // namespace

Taken LocalBuckets::take(
    const std::string& key, int limit, milliseconds per, std::chrono::steady_clock::time_point now
) {
    const std::scoped_lock lock(mutex_);
    if (!full_at_.contains(key) && full_at_.size() >= max_keys_) {
        drop_full(now);
        if (full_at_.size() >= max_keys_) return wait_for(wait_when_refused);
    }
    const microseconds one = microseconds(per) / std::max(limit, 1);
    auto& full_at = full_at_[key];
    const auto after = std::max(full_at, now) + one;
    const auto filling = std::chrono::ceil<microseconds>(after - now);
    if (filling > per) return wait_for(filling - per);
    full_at = after;
    return Taken{.allowed = true, .wait = {}};
}

void LocalBuckets::drop_full(std::chrono::steady_clock::time_point now) {
    std::erase_if(full_at_, [now](const auto& bucket) { return bucket.second <= now; });
}

Limits::Limits(Connection& connection) : connection_(connection) {}

boost::asio::awaitable<Taken> Limits::take(
    std::string key, int limit, milliseconds per, WhenAway when_away
) {
    const microseconds one = microseconds(per) / std::max(limit, 1);
    std::vector<std::string> keys;
    keys.push_back("limit:" + key);
    std::vector<std::string> arguments;
    arguments.push_back(std::to_string(one.count()));
    arguments.push_back(std::to_string(microseconds(per).count()));
    const auto replies =
        co_await run_script(connection_, take_script, std::move(keys), std::move(arguments));
    if (replies) {
        const microseconds wait(replies->front().integer);
        if (wait.count() <= 0) co_return Taken{.allowed = true, .wait = {}};
        co_return wait_for(wait);
    }
    if (when_away == WhenAway::refuse) co_return wait_for(wait_when_refused);
    co_return local_.take(key, limit, per, std::chrono::steady_clock::now());
}

boost::asio::awaitable<Result<bool>> Limits::remember_once(std::string key, milliseconds ttl) {
    auto reply = co_await connection_.command(
        command_of("SET", "once:" + key, "1", "NX", "PX", std::to_string(ttl.count()))
    );
    if (reply) reply = unless_error(std::move(*reply));
    if (!reply) co_return std::unexpected(std::move(reply.error()));
    co_return !reply->is_nil();
}

}  // namespace hotline::redis
