#include "server/workers/city_watch.hpp"

#include "integrations/mysql/calendar_store.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

boost::asio::awaitable<void> watch_city(mysql::Pool& pool, CitySource& city) {
    const auto newest = [](mysql::Connection& db) { return mysql::newest_calendar_version(db); };
    const auto whole = [](mysql::Connection& db) {
        return read_city(
            db, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())
        );
    };
    for (;;) {
        co_await sleep_for(2s);
        const auto version = co_await pool.read(newest, mysql::Lane::background);
        // A database that is away is said elsewhere; the snapshot in force stays.
        if (!version || *version == city.current()->calendar.version()) continue;
        auto read = co_await pool.read(whole, mysql::Lane::background);
        if (read) {
            city.replace(std::move(*read));
            log::write(
                log::Level::info,
                "calendar in force",
                {{"version", static_cast<std::int64_t>(*version)}}
            );
        } else {
            log::trouble("new calendar not taken up", read.error());
            co_await sleep_for(30s);
        }
    }
}

}  // namespace hotline::workers
