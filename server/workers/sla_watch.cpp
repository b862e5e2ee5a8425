#include "server/workers/sla_watch.hpp"

#include "integrations/mysql/clock_store.hpp"
#include "server/actions/fire_due_clocks.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

constexpr std::size_t sweep_limit = 250;  // tickets in one transaction
constexpr auto alarm_lag = std::chrono::seconds(60);

}  // namespace

boost::asio::awaitable<void> watch_clocks(
    mysql::Pool& pool,
    const CitySource& source,
    Metrics& metrics,
    std::string server_id,
    std::chrono::milliseconds interval
) {
    const std::string heartbeat = "sla_watch:" + server_id;
    auto next_beat = std::chrono::steady_clock::now();
    for (;;) {
        const CityPtr city = source.current();
        const auto swept = co_await pool.transact(
            [&](mysql::Connection& db) {
                return actions::fire_due_clocks(db, *city, now(), sweep_limit);
            },
            mysql::Lane::background
        );
        if (!swept) {
            log::trouble("due clocks not swept", swept.error());
        } else {
            for (const auto lag : swept->lags) {
                metrics.deadlines_fired.Increment();
                metrics.deadline_lag_seconds.Observe(std::chrono::duration<double>(lag).count());
                if (lag > alarm_lag) {
                    log::write(log::Level::warn, "card given late", {{"late_by_ms", lag.count()}});
                }
            }
            if (swept->due >= sweep_limit && !swept->lags.empty()) continue;  // more is waiting
        }
        if (std::chrono::steady_clock::now() >= next_beat) {
            next_beat = std::chrono::steady_clock::now() + std::chrono::seconds(10);
            co_await pool.transact(
                [&](mysql::Connection& db) { return mysql::beat(db, heartbeat, now()); },
                mysql::Lane::background
            );
        }
        co_await sleep_for(interval);
    }
}

}  // namespace hotline::workers
