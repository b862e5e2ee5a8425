#include "sla/rollup_cut.hpp"

#include "sla/dimension.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;

namespace {

LocalDay last_of(const Stretch& stretch) {
    const std::chrono::year_month_day date{stretch.last};
    if (stretch.period == Period::year) return LocalDay{date.year() / 12 / 31};
    if (stretch.period == Period::month)
        return LocalDay{date.year() / date.month() / std::chrono::last};
    return stretch.last;
}

}  // namespace

TEST_CASE("S37: what is read of a period covers each of its days once and no other day") {
    Dice dice;
    for (int i = 0; i < 2'000; ++i) {
        const LocalDay from = day(2024, 1, 1) + days{dice.between(0, 1'000)};
        const LocalDay to = from + days{dice.between(0, 1'200)};
        std::map<LocalDay, int> covered;
        int single_days = 0;
        for (const Stretch& stretch : stretches_of(from, to)) {
            REQUIRE(stretch.last >= stretch.first);
            for (LocalDay at = stretch.first; at <= last_of(stretch); at += days{1}) {
                covered[at] += stretch.taken_off ? -1 : 1;
                const bool days_off = stretch.taken_off && stretch.period == Period::day;
                if (days_off) REQUIRE((at < from || at > to));
                if (stretch.period == Period::day) ++single_days;
            }
        }
        REQUIRE(single_days <= 32);
        std::erase_if(covered, [](const auto& times) { return times.second == 0; });
        REQUIRE(covered.begin()->first == from);
        REQUIRE(std::prev(covered.end())->first == to);
        REQUIRE(covered.size() == static_cast<std::size_t>((to - from).count() + 1));
        REQUIRE(std::ranges::all_of(covered, [](const auto& times) { return times.second == 1; }));
    }
    CHECK(stretches_of(day(2026, 5, 2), day(2026, 5, 1)).empty());
}

TEST_CASE("S37: years and months are taken whole, most of one as the whole less the rest") {
    const auto asked = [](LocalDay from, LocalDay to) { return stretches_of(from, to); };
    CHECK(
        asked(day(2025, 1, 1), day(2026, 12, 31)) ==
        std::vector<Stretch>{{Period::year, day(2025, 1, 1), day(2026, 1, 1)}}
    );
    CHECK(
        asked(day(2026, 2, 1), day(2026, 2, 28)) ==
        std::vector<Stretch>{{Period::month, day(2026, 2, 1), day(2026, 2, 1)}}
    );
    CHECK(
        asked(day(2026, 1, 1), day(2026, 11, 15)) ==
        std::vector<Stretch>{
            {Period::year, day(2026, 1, 1), day(2026, 1, 1)},
            {Period::month, day(2026, 11, 1), day(2026, 11, 1), true},
            {Period::day, day(2026, 11, 1), day(2026, 11, 15)},
            {Period::month, day(2026, 12, 1), day(2026, 12, 1), true},
        }
    );
    CHECK(
        asked(day(2025, 9, 1), day(2026, 2, 10)) ==
        std::vector<Stretch>{
            {Period::month, day(2025, 9, 1), day(2026, 1, 1)},
            {Period::day, day(2026, 2, 1), day(2026, 2, 10)},
        }
    );
    CHECK(
        asked(day(2026, 1, 2), day(2026, 11, 26)) ==
        std::vector<Stretch>{
            {Period::year, day(2026, 1, 1), day(2026, 1, 1)},
            {Period::day, day(2026, 1, 1), day(2026, 1, 1), true},
            {Period::day, day(2026, 11, 27), day(2026, 11, 30), true},
            {Period::month, day(2026, 12, 1), day(2026, 12, 1), true},
        }
    );
}

TEST_CASE("S37: a question is read from the sums with the fewest rows that tell its fields apart") {
    CHECK(cut_for(Period::year, {.unit = true}) == Cut::unit_year);
    CHECK(cut_for(Period::year, {}) == Cut::division_year);
    CHECK(cut_for(Period::day, {}) == Cut::division_day);
    CHECK(cut_for(Period::day, {.unit = true}) == Cut::day);
    CHECK(cut_for(Period::month, {.unit = true, .division = true}) == Cut::month);
    CHECK(cut_for(Period::month, {.official = true}) == Cut::official_month);
    CHECK(cut_for(Period::day, {.division = true, .matter = true}) == Cut::matter);
    CHECK_FALSE(cut_for(Period::month, {.division = true, .matter = true}));
    CHECK_FALSE(cut_for(Period::day, {.unit = true, .matter = true}));
    CHECK_FALSE(cut_for(Period::day, {.division = true, .official = true}));
    for (const Period period : {Period::month, Period::year}) {
        for (const CutRule& rule : cut_rules) {
            // Whole months can be read only with the days that make them up to a stretch.
            const std::span<const Metric> metrics =
                rule.only ? std::span(&*rule.only, 1) : std::span<const Metric>{};
            if (rule.period == period) CHECK(cut_for(Period::day, rule.fields, metrics));
        }
    }
}

TEST_CASE("S44: hours and topics of the received have sums of their own, other counts none by them"
) {
    constexpr Metric received[] = {Metric::received};
    constexpr Metric steps[] = {Metric::received, Metric::received_closed};
    const CutFields by_hour{.division = true, .hour = true};
    const CutFields unit_topics{.unit = true, .topic = true};
    CHECK(cut_for(Period::day, by_hour, received) == Cut::hour);
    CHECK(cut_for(Period::day, {.unit = true, .hour = true}, received) == Cut::unit_hour);
    CHECK_FALSE(cut_for(Period::month, by_hour, received));
    CHECK_FALSE(cut_for(Period::day, by_hour));
    CHECK_FALSE(cut_for(Period::day, by_hour, steps));
    CHECK(cut_for(Period::month, {.topic = true}, received) == Cut::topic_month);
    CHECK(cut_for(Period::year, unit_topics, received) == Cut::unit_topic_year);
    CHECK_FALSE(cut_for(Period::day, unit_topics));
    CHECK(cut_for(Period::day, {.division = true, .topic = true}) == Cut::matter);
    CHECK(cut_for(Period::month, {.division = true}, steps) == Cut::month);
    CHECK_FALSE(cut_for(Period::month, {.official = true}, steps));

    const LocalDay today = day(2026, 11, 2);
    const CounterKey one{today, Metric::received, 17, "610502", 4, 2, 3, "用电", 9};
    Rollups kept;
    add_to(kept, {{one, 1}});
    CHECK(kept.size() == 3 + 2 + 6);
    CHECK(kept.at({Cut::hour, {today, Metric::received, 0, "610502", 0, 0, 0, "", 9}}) == 1);
    CHECK(kept.at({Cut::day, {today, Metric::received, 17, "610502"}}) == 1);
    CHECK(
        kept.at(
            {Cut::unit_topic_month,
             {day(2026, 11, 1), Metric::received, 17, "610502", 0, 0, 0, "用电"}}
        ) == 1
    );
}

TEST_CASE("S37: each cut keeps what it tells apart and adds up the rest") {
    const CounterKey one{day(2026, 11, 2), Metric::closing_due, 17, "610502", 4, 2, 3, "用电"};
    CounterKey other = one;
    other.official = 5;
    other.topic = "用水";
    Rollups kept;
    add_to(kept, {{one, 2}, {other, 1}});
    // By day, month and year each: unit × division, two officials, two topics, and the division; by
    // month and by year also the unit.
    CHECK(kept.size() == 3 * 6 + 2);
    CHECK(kept.at({Cut::division_day, {day(2026, 11, 2), Metric::closing_due, 0, "610502"}}) == 3);
    CHECK(kept.at({Cut::day, {day(2026, 11, 2), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::month, {day(2026, 11, 1), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::year, {day(2026, 1, 1), Metric::closing_due, 17, "610502"}}) == 3);
    CHECK(kept.at({Cut::unit_year, {day(2026, 1, 1), Metric::closing_due, 17}}) == 3);
    CHECK(
        kept.at({Cut::division_month, {day(2026, 11, 1), Metric::closing_due, 0, "610502"}}) == 3
    );
    CHECK(kept.at({Cut::official, {day(2026, 11, 2), Metric::closing_due, 17, "", 4}}) == 2);
    CHECK(
        kept.at({Cut::matter, {day(2026, 11, 2), Metric::closing_due, 0, "610502", 0, 2, 3, "用水"}}
        ) == 1
    );
    add_to(kept, {{one, -2}, {other, -1}});
    CHECK(kept.empty());
}
