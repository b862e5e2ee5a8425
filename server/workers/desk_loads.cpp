#include "server/workers/desk_loads.hpp"

#include "integrations/mysql/load_store.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

boost::asio::awaitable<void> refresh_desk_loads(mysql::Pool& pool, DeskLoads& loads) {
    for (;;) {
        auto read = co_await pool.read(
            [](mysql::Connection& db) {
                const auto now = std::chrono::system_clock::now();
                return mysql::read_loads(db, std::chrono::floor<std::chrono::milliseconds>(now));
            },
            mysql::Lane::background
        );
        if (read) {
            loads.replace(std::move(*read));
        } else {
            log::trouble("desk loads not read", read.error());
        }
        co_await sleep_for(std::chrono::minutes(1));
    }
}

}  // namespace hotline::workers
