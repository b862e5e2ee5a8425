#include "server/workers/checkpoint.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/store_error.hpp"
#include "server/actions/sign_checkpoint.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

#include <algorithm>

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t heads_at_most = 10'000;  // in one checkpoint; a rush makes several

// How long until the next one is due; the last may be another server's.
boost::asio::awaitable<std::chrono::milliseconds> left(
    mysql::Pool& pool, std::chrono::seconds interval
) {
    auto read = [](mysql::Connection& db) { return mysql::last_checkpoint(db); };
    const auto last = co_await pool.read(std::move(read), mysql::Lane::background);
    if (!last) co_return interval;
    if (!*last) co_return 0ms;
    co_return std::max<std::chrono::milliseconds>((*last)->at + interval - now(), 0ms);
}

void report(const mysql::Checkpoint& checkpoint) {
    const std::string digest = crypto::hex(checkpoint.digest);
    log::write(
        log::Level::info,
        "checkpoint",
        {{"id", static_cast<std::int64_t>(checkpoint.id)},
         {"entries", static_cast<std::int64_t>(checkpoint.entries)},
         {"sm3", digest}}
    );
}

// All that moved, in as many checkpoints as it takes.
boost::asio::awaitable<void> sign_all(mysql::Pool& pool, const crypto::Signer& signer) {
    bool more = true;
    while (more) {
        auto job = [&signer](mysql::Connection& db) {
            return actions::sign_checkpoint(db, signer, now(), heads_at_most);
        };
        const auto signed_one = co_await pool.transact(std::move(job), mysql::Lane::background);
        more = signed_one && *signed_one && (*signed_one)->entries == heads_at_most;
        if (signed_one && *signed_one) report(**signed_one);
        const bool another_was_first =
            !signed_one && mysql::is_duplicate(signed_one.error(), "PRIMARY");
        if (!signed_one && !another_was_first) {
            log::trouble("no checkpoint signed", signed_one.error());
        }
    }
}

}  // namespace

boost::asio::awaitable<void> sign_checkpoints(
    mysql::Pool& pool, const crypto::Signer& signer, std::chrono::seconds interval
) {
    co_await sleep_for(30s);  // a start has better things to do
    for (;;) {
        const auto wait = co_await left(pool, interval);
        if (wait > 0ms) {
            co_await sleep_for(std::min<std::chrono::milliseconds>(wait, 1min));
            continue;
        }
        co_await sign_all(pool, signer);
        co_await sleep_for(1min);
    }
}

}  // namespace hotline::workers
