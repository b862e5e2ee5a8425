#include "tests/simulated_quarter/quarter.hpp"

#include <doctest/doctest.h>

using namespace simulated_quarter;

namespace {

constexpr std::uint64_t few_enterprises = 10'000;

}  // namespace

TEST_CASE("R3, R10, R13: a simulated quarter spreads the work and learns from what comes back") {
    Town town{1, few_enterprises};
    const Record record = play(town, {});
    const Balance balance = balance_of(record.desks, town.directory);
    CHECK(record.routed > 60 * days);
    CHECK(balance.groups > 30);
    CHECK(balance.small_groups > 100);
    CHECK(balance.worst <= fair_multiple);
    CHECK(balance.gini <= 0.15);
    CHECK(balance.most_beyond < 2);
    CHECK(record.chosen_on_leave == 0);
    CHECK(record.conflicts == 0);
    CHECK(halved(record));

    const Record without = play(town, {.learns = false});
    CHECK_FALSE(halved(without));
    CHECK(without.learned == 0);
    CHECK(2 * record.by_month.back().returns < 3 * without.by_month.back().returns);
}

TEST_CASE("the same plan plays the same quarter") {
    Town town{2, few_enterprises};
    const Record first = play(town, {.seed = 2});
    const Record again = play(town, {.seed = 2});
    CHECK(first.routed == again.routed);
    for (std::size_t month = 0; month < months; ++month) {
        CHECK(first.by_month[month].returns == again.by_month[month].returns);
    }
    for (std::size_t i = 0; i < town.directory.officials.size(); ++i) {
        REQUIRE(first.desks.page(i).sum == again.desks.page(i).sum);
    }
}
