#include "tests/faults/audit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <random>

namespace hotline::test {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double appeals_per_second = 200;
// What a supervisor needs to notice a death and start anew.
constexpr auto down_for = 1000ms;

struct Outage {
    Clock::time_point from;
    Clock::time_point until;
};

struct Outcome {
    std::vector<Outage> outages;
    std::vector<std::string> wrong;
    std::chrono::milliseconds worst{};  // of the answers to what was sent while something was down
    std::size_t answered_meanwhile = 0;
    std::size_t refused_meanwhile = 0;
    std::size_t told = 0;
};

bool within(Clock::time_point at, const std::vector<Outage>& outages) {
    return std::ranges::any_of(outages, [&](const Outage& outage) {
        return outage.from <= at && at <= outage.until;
    });
}

// Kills and brings back, round after round, at moments nobody chose, under a steady load; then lets
// everything settle and compares the appellants' list with the database.
template <class Kill, class Restore>
Outcome survive(World& world, Kill kill, Restore restore) {
    TemporaryFolder folder;
    Outcome outcome;
    Appellants appellants(world.port(), appeals_per_second, folder.path() / "list");
    std::mt19937 moments(20240601);
    std::uniform_int_distribution<int> pause(300, 1300);
    for (int round = 0; round < fault_rounds(); ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(pause(moments)));
        const auto from = Clock::now();
        kill();
        std::this_thread::sleep_for(down_for);
        const auto until = Clock::now();
        restore();
        outcome.outages.push_back({from, until});
    }
    std::this_thread::sleep_for(500ms);
    appellants.finish(20s);
    CHECK(eventually([&] { return world.settled(); }, 60s));
    outcome.told = appellants.told().size();
    for (const Told& told : appellants.told()) {
        if (!within(told.at, outcome.outages)) continue;
        ++outcome.answered_meanwhile;
        outcome.worst = std::max(outcome.worst, told.waited);
    }
    outcome.refused_meanwhile = static_cast<std::size_t>(std::ranges::count_if(
        appellants.refused(),
        [&](const Refused& refused) { return within(refused.at, outcome.outages); }
    ));
    outcome.wrong = disagreements(world, appellants);
    CHECK(appellants.unanswered().empty());
    return outcome;
}

void report(const char* what, const Outcome& outcome) {
    std::cout << what << " killed " << outcome.outages.size() << " times: " << outcome.told
              << " appeals answered, " << outcome.wrong.size() << " wrong; meanwhile "
              << outcome.answered_meanwhile << " answered, the slowest after "
              << outcome.worst.count() << " ms, " << outcome.refused_meanwhile << " refused\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(outcome.wrong.size(), 10); ++i) {
        MESSAGE(outcome.wrong[i]);
    }
}

}  // namespace

TEST_CASE("an appeal answered before the server was killed is one ticket afterwards") {
    World world;
    world.start_server();
    const Outcome outcome =
        survive(world, [&] { world.kill_server(); }, [&] { world.start_server(); });
    report("server", outcome);
    CHECK(outcome.told > 0);
    CHECK(outcome.wrong.empty());
}

TEST_CASE("intake goes on while Redis is killed and nothing is lost or doubled") {
    World world;
    world.start_server();
    const Outcome outcome =
        survive(world, [&] { world.redis().crash(); }, [&] { world.redis().start(); });
    report("Redis", outcome);
    CHECK(outcome.answered_meanwhile > 0);
    CHECK(outcome.refused_meanwhile == 0);
    CHECK(outcome.worst < 2s);
    CHECK(outcome.wrong.empty());
}

TEST_CASE("intake goes on while MariaDB is killed and nothing is lost or doubled") {
    World world;
    world.start_server();
    const Outcome outcome =
        survive(world, [&] { world.mariadb().crash(); }, [&] { world.mariadb().start(); });
    report("MariaDB", outcome);
    CHECK(outcome.answered_meanwhile > 0);
    CHECK(outcome.refused_meanwhile == 0);
    CHECK(outcome.worst < 2s);
    CHECK(outcome.wrong.empty());
}

TEST_CASE("the comparison of these tests finds one ticket that is missing and one that is too many"
) {
    World world;
    world.start_server();
    TemporaryFolder folder;
    Appellants appellants(world.port(), appeals_per_second, folder.path() / "list");
    std::this_thread::sleep_for(1s);
    appellants.finish(5s);
    REQUIRE(eventually([&] { return world.settled(); }));
    REQUIRE(disagreements(world, appellants).empty());
    world.execute("UPDATE ticket SET idempotency_key='nobody' ORDER BY id LIMIT 1");
    CHECK(disagreements(world, appellants).size() == 2);
}

}  // namespace hotline::test
