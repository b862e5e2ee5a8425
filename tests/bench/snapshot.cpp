// `./hotline bench snapshot [ENTERPRISES]`: how long it takes to read the city anew after a change
// of its directory, as every server does then, and what a snapshot weighs: first with the cards of
// the demonstration, then with one for every enterprise. Exit code 1 above a second.
#include "server/city.hpp"
#include "server/now.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/tables.hpp"
#include "tests/bench/verdict.hpp"

#include <fmt/core.h>
#include <malloc.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view all_enterprises = "370000";
constexpr int times = 15;
constexpr double promised_ms = 1000;

// The instance comes with a small city; a larger one of the same seed takes its place.
void lay_down(std::string_view enterprises) {
    const auto command = fmt::format(
        "\"$BENCH_SERVER\" --config \"$BENCH_CONFIG\" seed --force --enterprises {} >/dev/null",
        enterprises
    );
    if (std::system(command.c_str()) != 0) throw std::runtime_error("seeding failed");
}

// What is in use, whatever the allocator keeps for later.
double heap_mb() {
    const struct mallinfo2 heap = ::mallinfo2();
    return static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6;
}

void measure(const Instance& instance, std::string_view what, Verdict& verdict) {
    const mysql::ThreadScope scope;
    auto db = must(mysql::Connection::open(instance.owner()));
    const double before = heap_mb();
    CityPtr city = must(read_city(db, now()));
    const double weighs = heap_mb() - before;
    std::vector<double> took;
    for (int i = 0; i < times; ++i) {
        const auto start = Clock::now();
        city = must(read_city(db, now()));
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    const auto& directory = city->directory;
    fmt::print(
        "{}: {} officials, {} enterprises, {} of them with a card\n",
        what,
        directory.officials.size(),
        count(instance, "SELECT COUNT(*) FROM enterprise"),
        directory.cards.size()
    );
    const double median = percentile(took, 0.5);
    const double slowest = percentile(took, 1);
    verdict.say("read anew, ms median", median, "< 1000", median < promised_ms, true);
    verdict.say("read anew, ms slowest", slowest, "< 1000", slowest < promised_ms, false);
    fmt::print("  one snapshot in memory: {:.1f} MB\n", weighs);
}

int run(std::string_view enterprises) {
    const Instance instance = Instance::from_environment();
    lay_down(enterprises);
    Verdict verdict;
    measure(instance, "the demonstration", verdict);
    execute(
        instance,
        "INSERT INTO contact_card (enterprise_id, official_id, since) SELECT e.id, "
        "(SELECT MIN(id) FROM official) + e.id % 1400, '2026-01-01' FROM enterprise e "
        "WHERE NOT EXISTS (SELECT 1 FROM contact_card c WHERE c.enterprise_id = e.id)"
    );
    measure(instance, "a card for everybody", verdict);
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    try {
        return hotline::bench::run(argc > 1 ? argv[1] : hotline::bench::all_enterprises);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
