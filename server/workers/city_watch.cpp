#include "server/workers/city_watch.hpp"

#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

namespace {

// What is in force now, by number: the calendar's newest version, the policy whose time has come.
struct InForce {
    std::uint32_t calendar = 0;
    std::uint32_t policy = 0;

    bool operator==(const InForce&) const = default;
};

Result<InForce> in_force(mysql::Connection& db) {
    const auto calendar = mysql::newest_calendar_version(db);
    if (!calendar) return std::unexpected(calendar.error());
    const auto policy = mysql::policy_in_force(db, now());
    if (!policy) return std::unexpected(policy.error());
    return InForce{*calendar, *policy};
}

}  // namespace

boost::asio::awaitable<void> watch_city(mysql::Pool& pool, CitySource& city) {
    const auto whole = [&city](mysql::Connection& db) {
        const CityPtr before = city.current();
        return read_city(db, now(), before->models, before->misroutes);
    };
    for (;;) {
        co_await sleep_for(2s);
        const auto wanted = co_await pool.read(in_force, mysql::Lane::background);
        const CityPtr present = city.current();
        const InForce known{present->calendar.version(), present->policy.version};
        // A database that is away is said elsewhere; the snapshot in force stays.
        if (!wanted || *wanted == known) continue;
        auto read = co_await pool.read(whole, mysql::Lane::background);
        if (read) {
            city.replace(std::move(*read));
            log::write(
                log::Level::info,
                "calendar and policy in force",
                {{"calendar", static_cast<std::int64_t>(wanted->calendar)},
                 {"policy", static_cast<std::int64_t>(wanted->policy)}}
            );
        } else {
            log::trouble("new calendar or policy not taken up", read.error());
            co_await sleep_for(30s);
        }
    }
}

}  // namespace hotline::workers
