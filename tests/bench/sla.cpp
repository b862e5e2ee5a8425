// `./hotline bench sla [CLOCKS]`: what deadlines cost. The calendar by itself; the watcher beside
// so many running clocks, idle and with five thousand falling due in one second while a thousand
// appeals a second come in; due dates of all of them reckoned anew after a calendar change.
#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/recompute_store.hpp"
#include "server/actions/fire_due_clocks.hpp"
#include "server/actions/recompute_dues.hpp"
#include "server/calendar/versions.hpp"
#include "server/now.hpp"
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/instance.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/sla_tickets.hpp"
#include "tests/bench/tables.hpp"
#include "tests/bench/verdict.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace hotline::bench {
namespace {

using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

// A ticket at work is watched by so many at once.
constexpr std::uint64_t clocks_per_ticket = 4;
constexpr int due_at_once = 5'000;
constexpr auto appeals_last = 15s;
constexpr int appeals_per_second = 1'000;

double milliseconds_of(Steady::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

// Nanoseconds to add fifteen working days, from every minute of two years.
double calendar_ns(const sla::Calendar& calendar) {
    std::vector<double> rounds;
    const auto first = sla::at_local(sla::LocalDay{std::chrono::year{2025} / 1 / 1}, 0min);
    for (int round = 0; round < 21; ++round) {
        constexpr int additions = 100'000;
        std::int64_t sum = 0;
        const auto began = Steady::now();
        for (int i = 0; i < additions; ++i) {
            sum += calendar.due_after_workdays(first + std::chrono::minutes(i * 7), 15)
                       .at.time_since_epoch()
                       .count();
        }
        const auto took = std::chrono::duration<double, std::nano>(Steady::now() - began);
        if (sum == 0) fmt::print("never\n");  // the sum must be made
        rounds.push_back(took.count() / additions);
    }
    return percentile(rounds, 0.5);
}

std::vector<double> idle_ticks(const Instance& instance, const City& city) {
    auto db = must(mysql::Connection::open(instance.owner()));
    std::vector<double> ticks;
    for (int i = 0; i < 300; ++i) {
        const auto began = Steady::now();
        must(db.begin());
        must(actions::fire_due_clocks(db, city, now(), 100));
        must(db.commit());
        ticks.push_back(milliseconds_of(Steady::now() - began));
    }
    return ticks;
}

// A load of so many appeals a second; the generator's one thread waits between two of them.
LoadResult steady_appeals(const Instance& instance) {
    const auto began = Steady::now();
    std::uint64_t sent = 0;
    const NextRequest next = [&](std::size_t, std::string& out) {
        std::this_thread::sleep_until(began + sent * 1'000'000us / appeals_per_second);
        const std::string key =
            fmt::format("Prefer: respond-async\r\nIdempotency-Key: bench-sla-{}\r\n", sent);
        write_request(out, "POST", "/api/v1/appeals", key, appeal_body(sent++));
    };
    return run_load({instance.port(), 16, appeals_last}, next, [](const Answer&) {});
}

// How late each of the cards came, in ms, while appeals come in.
std::vector<double> lags_under_load(const Instance& instance, double& accepted) {
    std::jthread load([&] { accepted = steady_appeals(instance).per_second(); });
    std::this_thread::sleep_for(3s);
    const auto due = std::chrono::ceil<std::chrono::seconds>(now() + 3s);
    auto db = must(mysql::Connection::open(instance.owner()));
    // Within one second, spread over its milliseconds.
    must(db.execute(
        "UPDATE ticket JOIN (SELECT ticket_id, CONCAT('$[', place, ']') AS path FROM ticket_clock "
        "WHERE kind=? AND state=1 AND ticket_id>=60000000 ORDER BY ticket_id LIMIT ?) handling "
        "ON handling.ticket_id=ticket.id SET clocks=JSON_REPLACE(clocks, CONCAT(path, '[4]'), "
        "?+id%1000, CONCAT(path, '[6]'), 0), next_fire_at=? + INTERVAL (id%1000)*1000 MICROSECOND",
        {static_cast<int>(sla::ClockKind::handle),
         due_at_once,
         std::chrono::milliseconds{due.time_since_epoch()}.count(),
         mysql::Time{due.time_since_epoch()}}
    ));
    load.join();
    const auto fired = [&] {
        return count(instance, "SELECT COUNT(*) FROM ticket_clock WHERE kind=5 AND state=3");
    };
    for (int waited = 0; waited < 60 && fired() < due_at_once; ++waited) {
        std::this_thread::sleep_for(1s);
    }
    std::vector<double> lags;
    for (const auto& lag :
         column(instance, "SELECT late_by_ms FROM ticket_clock WHERE kind=5 AND state=3")) {
        lags.push_back(std::stod(lag));
    }
    return lags;
}

// Seconds the servers take for all open tickets; `looked_at` tells how many those are.
double recompute_seconds(const Instance& instance, std::uint64_t& looked_at) {
    auto db = must(mysql::Connection::open(instance.owner()));
    auto version = must(mysql::read_calendar_version(db));
    ++version.usual.version;
    auto day = sla::local_day(now()) + std::chrono::days{1};
    while (std::chrono::weekday{std::chrono::sys_days{day.time_since_epoch()}}.iso_encoding() > 5) {
        ++day;
    }
    version.usual.rules.push_back({day, true, "临时放假"});
    must(db.begin());
    must(mysql::insert_calendar_version(db, version, "bench", now()));
    must(actions::ask_recompute(
        db, {{1}, "临时放假", 0, version.usual.version, ticketing::Limits::kept}, now()
    ));
    must(db.commit());
    // The city settles first; the work is timed.
    std::this_thread::sleep_for(actions::settling_time);
    const auto began = Steady::now();
    for (int look = 0;; ++look) {
        const auto job = must(mysql::list_recompute_jobs(db, 1)).front();
        looked_at = job.looked_at;
        if (job.finished_at) {
            fmt::print("  {} looked at, {} moved\n", job.looked_at, job.moved);
            return milliseconds_of(Steady::now() - began) / 1000;
        }
        if (look % 100 == 0) fmt::print(stderr, "  {} of {}\n", job.looked_at, job.total);
        std::this_thread::sleep_for(50ms);
    }
}

int run(std::uint64_t clocks) {
    const Instance instance = Instance::from_environment();
    auto db = must(mysql::Connection::open(instance.owner()));
    const CityPtr city = must(read_city(db, now()));
    Verdict verdict;
    const double addition = calendar_ns(city->calendar);
    lay_down_tickets(instance, *city, clocks / clocks_per_ticket);
    const auto running = count(instance, "SELECT COUNT(*) FROM ticket_clock WHERE state=1");
    fmt::print("{} clocks are running\n", running);
    const auto ticks = idle_ticks(instance, *city);
    double accepted = 0;
    const auto lags = lags_under_load(instance, accepted);
    fmt::print("{} cards given while {:.0f} appeals/s came in\n", lags.size(), accepted);
    std::uint64_t looked_at = 0;
    const double seconds = recompute_seconds(instance, looked_at);
    const double per_100k =
        100'000 * seconds / static_cast<double>(std::max<std::uint64_t>(looked_at, 1));

    verdict.say("adding 15 working days, median, ns", addition, "< 1000", addition < 1000, true);
    const double idle = percentile(ticks, 0.5);
    verdict.say("idle tick, median, ms", idle, "< 5", idle < 5, true);
    const double idle_p99 = percentile(ticks, 0.99);
    verdict.say("idle tick, p99, ms", idle_p99, "< 5", idle_p99 < 5, false);
    const double lag = percentile(lags, 0.99);
    verdict.say("5 000 due in one second, lag p99, ms", lag, "< 2000", lag < 2000, false);
    const bool all = lags.size() == due_at_once;
    verdict.say("cards given", static_cast<double>(lags.size()), "5000", all, true);
    verdict.say("recomputing 100 000 tickets, s", per_100k, "< 60", per_100k < 60, false);
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    const hotline::mysql::ThreadScope thread;
    try {
        const auto clocks = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
        return hotline::bench::run(clocks);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench sla: {}\n", error.what());
        return 2;
    }
}
