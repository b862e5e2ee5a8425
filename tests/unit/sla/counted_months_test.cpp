#include "sla/counted_months.hpp"

#include "sla/rollup_cut.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using namespace hotline::sla;
using namespace hotline::sla::test;

namespace {

// As what is due to be closed is counted.
Contribution due(LocalDay on, std::uint64_t unit = 7) {
    return {{.day = on, .metric = Metric::closing_due, .unit = unit}, 1};
}

Contribution in_time(LocalDay on, std::uint64_t unit = 7) {
    return {{.day = on, .metric = Metric::closing_due_on_time, .unit = unit}, 1};
}

bool misses(const std::vector<Contribution>& made, LocalDay month, RateCode rate) {
    return (counted_months(made).at(month).unmet & bit_of(rate)) != 0;
}

}  // namespace

TEST_CASE("S38: a ticket's metrics are remembered by month, every metric with a bit of its own") {
    std::set<std::uint64_t> bits;
    for (const auto& [metric, word] : names_of(Metric{})) {
        CHECK(static_cast<unsigned>(metric) < metric_bits);
        bits.insert(bit_of(metric));
    }
    CHECK(bits.size() == names_of(Metric{}).size());
    const std::vector<Contribution> made{
        {{day(2026, 1, 31), Metric::accepted}, 1},
        {{day(2026, 1, 1), Metric::dispatched}, 1},
        {{day(2026, 2, 1), Metric::closed}, 1},
    };
    const auto months = counted_months(made);
    CHECK(months.size() == 2);
    CHECK(
        months.at(day(2026, 1, 1)).metrics ==
        (bit_of(Metric::accepted) | bit_of(Metric::dispatched))
    );
    CHECK(months.at(day(2026, 2, 1)).metrics == bit_of(Metric::closed));
}

TEST_CASE("S38: a case that did not make the numerator is remembered by rate and month") {
    const LocalDay january = day(2026, 1, 1);
    const LocalDay third = day(2026, 1, 3);
    struct Row {
        const char* what;
        std::vector<Contribution> made;
        bool on_time_missed;
    };
    const Row rows[] = {
        {"late", {due(third)}, true},
        {"in time", {due(third), in_time(third)}, false},
        {"one of two in time", {due(third), due(third), in_time(third)}, true},
        {"in time under another unit", {due(third), in_time(third, 8)}, true},
        {"in time on another day", {due(third), in_time(day(2026, 1, 4))}, true},
        {"nothing due", {in_time(third)}, false},
        {"taken back", {due(third), {due(third).key, -1}}, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        CHECK(misses(row.made, january, RateCode::on_time_rate) == row.on_time_missed);
    }
    // Each month for itself, each rate for itself.
    const LocalDay march = day(2026, 3, 9);
    const std::vector<Contribution> both{due(third), due(march), in_time(march)};
    CHECK(misses(both, january, RateCode::on_time_rate));
    CHECK_FALSE(misses(both, day(2026, 3, 1), RateCode::on_time_rate));
    CHECK(misses(both, day(2026, 3, 1), RateCode::closing_rate));
}
