#include "server/workers/recompute.hpp"

#include "integrations/mysql/recompute_store.hpp"
#include "server/actions/recompute_dues.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t step = 200;  // tickets locked at once: some 60 ms

void report(const mysql::RecomputeJob& job) {
    if (!job.finished_at) return;
    log::write(
        log::Level::info,
        "due dates reckoned anew",
        {{"job", static_cast<std::int64_t>(job.id)},
         {"looked_at", static_cast<std::int64_t>(job.looked_at)},
         {"moved", static_cast<std::int64_t>(job.moved)},
         {"stayed", static_cast<std::int64_t>(job.stayed)}}
    );
}

}  // namespace

boost::asio::awaitable<void> recompute_dues(mysql::Pool& pool, const CitySource& source) {
    const auto any = [](mysql::Connection& db) { return mysql::has_recompute_job(db); };
    for (;;) {
        // A database that is away is said elsewhere.
        const auto waiting = co_await pool.read(any, mysql::Lane::background);
        if (!waiting || !*waiting) {
            co_await sleep_for(1s);
            continue;
        }
        const CityPtr city = source.current();
        const auto job = co_await pool.transact(
            [&city](mysql::Connection& db) {
                return actions::recompute_step(db, *city, now(), step);
            },
            mysql::Lane::background
        );
        if (!job) log::trouble("due dates not reckoned anew", job.error());
        if (!job || !*job) {
            co_await sleep_for(1s);
            continue;
        }
        report(**job);
        // Between two steps others get at the tickets.
        co_await sleep_for(5ms);
    }
}

}  // namespace hotline::workers
