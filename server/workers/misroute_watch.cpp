#include "server/workers/misroute_watch.hpp"

#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

boost::asio::awaitable<void> watch_misroutes(mysql::Pool& pool, MisrouteSource& source) {
    const auto read_them = [](mysql::Connection& db) { return read_misroutes(db, now()); };
    for (;;) {
        auto read = co_await pool.read(read_them, mysql::Lane::background);
        if (read) {
            if ((*read)->size() != source.current()->size()) {
                log::write(
                    log::Level::info,
                    "learned from returns",
                    {{"kinds", static_cast<std::int64_t>((*read)->size())}}
                );
            }
            source.replace(std::move(*read));
        }
        // A database that is away is said elsewhere; what was learned stays.
        co_await sleep_for(30s);
    }
}

}  // namespace hotline::workers
