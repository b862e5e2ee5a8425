#include "server/workers/city_watch.hpp"

#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/directory_writer.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

namespace {

// What is in force now, by number: the calendar's newest version, the policy whose time has come,
// the directory and the day in China whose leave and turns count.
struct InForce {
    std::uint32_t calendar = 0;
    std::uint32_t policy = 0;
    std::uint64_t directory = 0;
    sla::LocalDay day{};

    bool operator==(const InForce&) const = default;
};

Result<InForce> in_force(mysql::Connection& db) {
    const auto calendar = mysql::newest_calendar_version(db);
    if (!calendar) return std::unexpected(calendar.error());
    const auto at = now();
    const auto policy = mysql::policy_in_force(db, at);
    if (!policy) return std::unexpected(policy.error());
    const auto directory = mysql::directory_revision(db);
    if (!directory) return std::unexpected(directory.error());
    return InForce{*calendar, *policy, *directory, sla::local_day(at)};
}

}  // namespace

boost::asio::awaitable<void> watch_city(mysql::Pool& pool, CitySource& city) {
    const auto whole = [&city](mysql::Connection& db) {
        const CityPtr before = city.current();
        return read_city(db, now(), before->models, before->misroutes);
    };
    for (;;) {
        co_await sleep_for(1s);
        const auto wanted = co_await pool.read(in_force, mysql::Lane::background);
        const CityPtr present = city.current();
        const InForce known{
            present->calendar.version(),
            present->policy.version,
            present->directory.version,
            present->directory.day
        };
        // A database that is away is said elsewhere; the snapshot in force stays.
        if (!wanted || *wanted == known) continue;
        auto read = co_await pool.read(whole, mysql::Lane::background);
        if (read) {
            city.replace(std::move(*read));
            log::write(
                log::Level::info,
                "calendar, policy and directory in force",
                {{"calendar", static_cast<std::int64_t>(wanted->calendar)},
                 {"policy", static_cast<std::int64_t>(wanted->policy)},
                 {"directory", static_cast<std::int64_t>(wanted->directory)}}
            );
        } else {
            log::trouble("new calendar, policy or directory not taken up", read.error());
            co_await sleep_for(30s);
        }
    }
}

}  // namespace hotline::workers
