// `./hotline bench kpi [TICKETS]`: GET /api/v1/kpi for a year × all departments over the sums of a
// million tickets, and how fast sums are derived beside a full intake. Exit code 1 when a year
// takes longer than promised or figures do not follow the tickets.
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/instance.hpp"
#include "tests/bench/kpi_fill.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/tables.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr double promised_ms = 50;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Answers are remembered for two seconds; with a pause every one is made anew.
double measure(
    const Instance& instance,
    const Session& session,
    std::string_view what,
    const std::vector<std::string>& targets,
    int times,
    std::chrono::milliseconds pause
) {
    std::vector<double> took;
    std::size_t bytes = 0;
    for (int i = 0; i < times; ++i) {
        for (const std::string& target : targets) {
            const auto start = Clock::now();
            bytes = ask(instance.port(), "GET", target, session.headers).size();
            took.push_back(ms_since(start));
        }
        std::this_thread::sleep_for(pause);
    }
    const double p99 = percentile(took, 0.99);
    fmt::print(
        "{:<52} {:>4} requests  p50 {:>7.1f} ms  p99 {:>7.1f} ms  {:>6} kB\n",
        what,
        took.size(),
        percentile(took, 0.5),
        p99,
        bytes / 1000
    );
    std::fflush(stdout);
    return p99;
}

std::vector<std::string> years_by_unit() {
    std::vector<std::string> targets;
    for (int year = 2022; year <= 2025; ++year) {
        targets.push_back(fmt::format("/api/v1/kpi?from={0}-01-01&to={0}-12-31&group_by=unit", year)
        );
    }
    return targets;
}

std::uint64_t waiting(const Instance& instance) {
    return count(instance, "SELECT COUNT(*) FROM derive_todo");
}

// Appeals as fast as they are taken, and how long the figures are behind afterwards.
bool derive_beside_intake(
    const Instance& instance, std::uint64_t& serial, std::chrono::seconds duration
) {
    std::uint64_t accepted = 0;
    const auto before = count(instance, "SELECT COUNT(*) FROM ticket_facts WHERE counted=1");
    const LoadResult load = run_load(
        {instance.port(), 64, duration},
        [&](std::size_t, std::string& out) {
            const std::string headers = fmt::format(
                "Prefer: respond-async\r\nIdempotency-Key: kpi-{}-{}\r\n", ::getpid(), ++serial
            );
            write_request(out, "POST", "/api/v1/appeals", headers, appeal_body(serial));
        },
        [&](const Answer& answer) { accepted += answer.status == 201 || answer.status == 202; }
    );
    const auto during = count(instance, "SELECT COUNT(*) FROM ticket_facts WHERE counted=1");
    const auto start = Clock::now();
    while (ms_since(start) < 180'000) {
        if (waiting(instance) == 0 &&
            count(instance, "SELECT COUNT(*) FROM ticket_facts") - before >= accepted) {
            break;
        }
        std::this_thread::sleep_for(200ms);
    }
    const double seconds = std::max(ms_since(start) / 1000, 0.001);
    const auto after = count(instance, "SELECT COUNT(*) FROM ticket_facts WHERE counted=1");
    fmt::print(
        "intake {:.0f}/s for {} s; meanwhile {} tickets derived; the other {} in {:.1f} s: "
        "{:.0f}/s\n",
        static_cast<double>(accepted) / std::chrono::duration<double>(load.elapsed).count(),
        duration.count(),
        during - before,
        after - during,
        seconds,
        static_cast<double>(after - during) / seconds
    );
    return after - before >= accepted;
}

int run(std::uint64_t tickets) {
    const Instance instance = Instance::from_environment();
    std::uint64_t serial = 0;
    derive_beside_intake(instance, serial, 2s);  // so that there is work in hand
    const auto start = Clock::now();
    const std::uint64_t rows = fill_rollups(instance, tickets);
    fmt::print(
        "sums of {} tickets: {} rows written in {:.0f} s; units: {} by year, {} by month, {} by "
        "day\n",
        tickets,
        rows,
        ms_since(start) / 1000,
        count(instance, "SELECT COUNT(*) FROM rollup WHERE cut=7"),
        count(instance, "SELECT COUNT(*) FROM rollup WHERE cut=6"),
        count(instance, "SELECT COUNT(*) FROM rollup WHERE cut=1")
    );
    const Session manager = log_in(instance.port(), instance.account("manager"));
    const auto years = years_by_unit();
    measure(instance, manager, "warming up", years, 1, 2100ms);
    const double fresh =
        measure(instance, manager, "a year × all departments, made anew", years, 10, 2100ms);
    measure(instance, manager, "the same within two seconds", years, 100, 0ms);
    measure(
        instance,
        manager,
        "a year less a day at each end",
        {"/api/v1/kpi?from=2024-01-02&to=2024-12-30&group_by=unit"},
        5,
        2100ms
    );
    measure(
        instance,
        manager,
        "a year × all counties and zones",
        {"/api/v1/kpi?from=2023-01-01&to=2023-12-31&group_by=division"},
        5,
        2100ms
    );
    measure(
        instance,
        manager,
        "a year so far × all departments",
        {"/api/v1/kpi?from=2025-01-01&to=2025-11-26&group_by=unit"},
        5,
        2100ms
    );
    measure(
        instance,
        manager,
        "a year × all officials",
        {"/api/v1/kpi?from=2023-01-01&to=2023-12-31&group_by=official"},
        5,
        2100ms
    );
    measure(
        instance,
        manager,
        "a year × all topics",
        {"/api/v1/kpi?from=2023-01-01&to=2023-12-31&group_by=topic"},
        5,
        2100ms
    );
    const bool followed = derive_beside_intake(instance, serial, 10s);
    fmt::print("promised: p99 < {} ms: {}\n", promised_ms, fresh < promised_ms ? "met" : "NOT MET");
    if (!followed) fmt::print("figures did not follow the tickets within three minutes\n");
    return fresh < promised_ms && followed ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    try {
        return hotline::bench::run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench kpi: {}\n", error.what());
        return 2;
    }
}
