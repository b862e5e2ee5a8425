#include "sla/rollup_cut.hpp"

#include "sla/dimension.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;

namespace {

LocalDay last_of(const Span& span) {
    const std::chrono::year_month_day date{span.last};
    if (span.cut == Cut::year) return LocalDay{date.year() / 12 / 31};
    if (span.cut == Cut::month) return LocalDay{date.year() / date.month() / std::chrono::last};
    return span.last;
}

}  // namespace

TEST_CASE("S37: a period is whole years, whole months and days, without gap or overlap") {
    Dice dice;
    for (int i = 0; i < 5'000; ++i) {
        const LocalDay from = day(2024, 1, 1) + days{dice.between(0, 1'000)};
        const LocalDay to = from + days{dice.between(0, 1'200)};
        LocalDay next = from;
        std::set<Cut> seen;
        for (const Span& span : spans_of(from, to)) {
            REQUIRE(span.first == next);
            REQUIRE(span.last >= span.first);
            next = last_of(span) + days{1};
            seen.insert(span.cut);
            if (span.cut == Cut::day) REQUIRE(span.last - span.first < days{61});
        }
        REQUIRE(next == to + days{1});
        REQUIRE(
            seen.contains(Cut::year) == (std::chrono::year_month_day{to + days{1}}.year() -
                                             std::chrono::year_month_day{from - days{1}}.year() >
                                         std::chrono::years{1})
        );
    }
    CHECK(spans_of(day(2026, 5, 2), day(2026, 5, 1)).empty());
}

TEST_CASE("S37: a year asked for as a year, and a month as a month, is one row a counter") {
    const auto year = spans_of(day(2026, 1, 1), day(2026, 12, 31));
    CHECK(year == std::vector<Span>{{Cut::year, day(2026, 1, 1), day(2026, 1, 1)}});
    const auto month = spans_of(day(2026, 2, 1), day(2026, 2, 28));
    CHECK(month == std::vector<Span>{{Cut::month, day(2026, 2, 1), day(2026, 2, 1)}});
    const auto so_far = spans_of(day(2026, 1, 1), day(2026, 11, 26));
    REQUIRE(so_far.size() == 2);
    CHECK(so_far[0] == Span{Cut::month, day(2026, 1, 1), day(2026, 10, 1)});
    CHECK(so_far[1] == Span{Cut::day, day(2026, 11, 1), day(2026, 11, 26)});
}

TEST_CASE("S37: each cut keeps what it tells apart and adds up the rest") {
    const CounterKey one{day(2026, 11, 2), Metric::closing_due, 17, "610502", 4, 2, 3, "用电"};
    CounterKey other = one;
    other.official = 5;
    other.topic = "用水";
    Rollups kept;
    add_to(kept, {{one, 2}, {other, 1}});
    CHECK(kept.size() == 7);  // day, month, year; two officials; two topics
    CHECK(kept.at({Cut::day, {day(2026, 11, 2), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::month, {day(2026, 11, 1), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::year, {day(2026, 1, 1), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::official, {day(2026, 11, 2), Metric::closing_due, 17, "", 4}}) == 2);
    CHECK(
        kept.at({Cut::matter, {day(2026, 11, 2), Metric::closing_due, 0, "610502", 0, 2, 3, "用水"}}
        ) == 1
    );
    add_to(kept, {{one, -2}, {other, -1}});
    CHECK(kept.empty());
}

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
    const auto months = months_of(made);
    CHECK(months.size() == 2);
    CHECK(months.at(day(2026, 1, 1)) == (bit_of(Metric::accepted) | bit_of(Metric::dispatched)));
    CHECK(months.at(day(2026, 2, 1)) == bit_of(Metric::closed));
}
