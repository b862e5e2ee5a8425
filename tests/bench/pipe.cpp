// `./hotline bench pipe [SECONDS]`: appeals accepted and persisted per second, beside what the
// stores and a bare loop do in the same run. Exit code 1 when an appeal is lost or a goal of the
// quiet machine is missed by more than the machine's own noise explains (the ratio to the bare
// loop).
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/bare_process.hpp"
#include "tests/bench/behind_watch.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/instance.hpp"
#include "tests/bench/redis_probe.hpp"
#include "tests/bench/tables.hpp"
#include "tests/bench/verdict.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <thread>

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

struct Phase {
    LoadResult load;
    std::map<int, std::uint64_t> by_status;
    std::uint64_t accepted = 0;
    double persisted_per_second = 0;
    std::map<std::string, double> cpu;
};

// All numbers the server promised in this run: the client's own list.
using Promised = std::vector<std::string>;

std::string ticket_no_of(std::string_view body) {
    constexpr std::string_view name = R"("ticket_no":")";
    const std::size_t at = body.find(name);
    if (at == body.npos) return {};
    const std::size_t from = at + name.size();
    return std::string(body.substr(from, body.find('"', from) - from));
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// One phase: load, then wait until everything accepted is where it belongs.
Phase run_phase(
    const LoadSettings& settings,
    const NextRequest& next,
    const std::function<bool()>& settled,
    ProcessMeter& meter,
    Promised* promised
) {
    Phase phase;
    meter.reset();
    const auto start = Clock::now();
    phase.load = run_load(settings, next, [&](const Answer& answer) {
        ++phase.by_status[answer.status];
        if (answer.status != 201 && answer.status != 202) return;
        ++phase.accepted;
        if (promised != nullptr) promised->push_back(ticket_no_of(answer.body));
    });
    const auto limit = Clock::now() + 120s;
    while (!settled() && Clock::now() < limit) std::this_thread::sleep_for(5ms);
    phase.persisted_per_second = static_cast<double>(phase.accepted) / seconds_since(start);
    phase.cpu = meter.cpu_seconds();
    return phase;
}

NextRequest appeals(std::string headers, std::uint64_t& serial) {
    return [headers = std::move(headers), &serial](std::size_t, std::string& out) {
        const std::uint64_t n = ++serial;
        const std::string key =
            fmt::format("Idempotency-Key: bench-{}-{}\r\n", static_cast<int>(::getpid()), n);
        write_request(out, "POST", "/api/v1/appeals", headers + key, appeal_body(n));
    };
}

void print_phase(std::string_view name, const Phase& phase) {
    std::string statuses;
    for (const auto& [status, count] : phase.by_status) {
        statuses += fmt::format("{}×{} ", count, status);
    }
    fmt::print(
        "{:<34} accepted {:>7.0f}/s  persisted {:>7.0f}/s  p50 {:>6.1f} ms  p99 {:>6.1f} ms  {}\n",
        name,
        static_cast<double>(phase.accepted) /
            std::chrono::duration<double>(phase.load.elapsed).count(),
        phase.persisted_per_second,
        phase.load.percentile_ms(0.5),
        phase.load.percentile_ms(0.99),
        statuses
    );
    std::string cpu;
    double all = 0;
    for (const auto& [service, seconds] : phase.cpu) {
        cpu += fmt::format("{} {:.1f} s  ", service, seconds);
        all += seconds;
    }
    if (phase.accepted == 0) return;
    fmt::print(
        "{:<34} {}= {:.3f} ms per appeal; broken {}, unanswered {}\n",
        "  processor time",
        cpu,
        all * 1000 / static_cast<double>(phase.accepted),
        phase.load.broken,
        phase.load.unanswered
    );
    std::fflush(stdout);
}

// Numbers promised that are not exactly one ticket (by number or alias).
std::size_t lost(const Instance& instance, Promised promised) {
    std::vector<std::string> known =
        column(instance, "SELECT number FROM ticket UNION ALL SELECT number FROM ticket_alias");
    std::ranges::sort(known);
    std::ranges::sort(promised);
    const auto twice = static_cast<std::size_t>(
        std::ranges::distance(std::ranges::unique(promised)) +
        std::ranges::distance(std::ranges::unique(known))
    );
    std::vector<std::string> missing;
    std::ranges::set_difference(promised, known, std::back_inserter(missing));
    for (std::size_t i = 0; i < std::min<std::size_t>(missing.size(), 5); ++i) {
        fmt::print("  lost: {}\n", missing[i]);
    }
    return missing.size() + twice;
}

int run(std::chrono::seconds duration) {
    const Instance instance = Instance::from_environment();
    RedisProbe redis(instance.redis_socket());
    ProcessMeter meter(instance);
    const auto stream_empty = [&] { return redis.integer("XLEN intake") == 0; };
    Promised promised;
    std::uint64_t serial = 0;

    // Caches, code and pages warm; not counted, but its numbers must not be lost either.
    run_phase(
        {instance.port(), 64, 3s},
        appeals("Prefer: respond-async\r\n", serial),
        stream_empty,
        meter,
        &promised
    );
    auto behind = std::make_unique<BehindWatch>(instance);
    const Phase async = run_phase(
        {instance.port(), 64, duration},
        appeals("Prefer: respond-async\r\n", serial),
        stream_empty,
        meter,
        &promised
    );
    print_phase("64 connections, respond-async", async);
    const Phase waiting = run_phase(
        {instance.port(), 256, duration}, appeals("", serial), stream_empty, meter, &promised
    );
    print_phase("256 connections waiting for 201", waiting);
    const double level = behind->seconds_to_level(60s);
    const auto most = static_cast<double>(behind->most());
    behind.reset();
    fmt::print(
        "roll-ups: at most {:.0f} changes behind ({:.1f} s of the intake), level {:.1f} s after "
        "its end\n",
        most,
        most / async.persisted_per_second,
        level
    );
    const double rss = meter.peak_rss_mb("server");

    Phase bare;
    {
        const BareProcess process(instance);
        const auto bare_empty = [&] { return redis.integer("XLEN bench:bare") == 0; };
        std::uint64_t bare_serial = 0;
        const double before = cpu_seconds_of(process.process());
        bare = run_phase(
            {process.port(), 64, duration}, appeals("", bare_serial), bare_empty, meter, nullptr
        );
        bare.cpu["server"] = cpu_seconds_of(process.process()) - before;
        print_phase("bare loop, 64 connections", bare);
        if (process.tickets() != bare.accepted) fmt::print("  the bare loop lost appeals\n");
    }
    redis.integer("DEL bench:bare");
    const std::size_t payload = appeal_body(1).size() + 100;
    fmt::print("redis-benchmark XADD, fsync always, {} bytes:", payload);
    for (const int pipeline : {1, 16}) {
        fmt::print(
            "  64 clients × {}: {:.0f}/s",
            pipeline,
            xadd_per_second(instance.redis_socket(), 64, pipeline, payload)
        );
    }
    fmt::print("\nraw multi-row inserts, the same tables:");
    for (const int connections : {1, 2, 4}) {
        fmt::print(
            "  {} connections: {:.0f} tickets/s",
            connections,
            raw_inserts_per_second(instance, connections, 5)
        );
        std::fflush(stdout);
    }
    const std::size_t missing = lost(instance, promised);
    fmt::print("\n{} numbers promised, {} lost or doubled\n", promised.size(), missing);

    Verdict verdict;
    const double ratio =
        100 * async.persisted_per_second / std::max(bare.persisted_per_second, 1.0);
    verdict.say("persisted, % of the bare loop", ratio, ">= 50", ratio >= 50, true);
    verdict.say(
        "persisted per second (quiet machine)",
        async.persisted_per_second,
        ">= 8000",
        async.persisted_per_second >= 8000,
        false
    );
    const double p202 = async.load.percentile_ms(0.5);
    const double p201 = waiting.load.percentile_ms(0.5);
    verdict.say("p50 of the 202s, ms (quiet machine)", p202, "<= 10", p202 <= 10, false);
    verdict.say("p50 of the 201s, ms (quiet machine)", p201, "<= 40", p201 <= 40, false);
    verdict.say("roll-ups level after the rush, s", level, "<= 10", level <= 10, true);
    verdict.say("server RSS, MB", rss, "<= 300", rss <= 300, true);
    verdict.say("lost or doubled", static_cast<double>(missing), "0", missing == 0, true);
    std::fflush(stdout);
    const int checked = run_check();
    verdict.say("hotline-server check, exit code", checked, "0", checked == 0, true);
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    try {
        return hotline::bench::run(std::chrono::seconds(argc > 1 ? std::atoi(argv[1]) : 30));
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench pipe: {}\n", error.what());
        return 2;
    }
}
