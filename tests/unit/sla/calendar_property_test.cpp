#include "sla/calendar_pauses.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <vector>

// What must hold of every calendar, tried on random ones: hours that differ by weekday and date,
// weekend desks, days open until 24:00, other offsets from UTC.

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr int calendars = 60;
constexpr int tries = 200;

milliseconds some_time(Dice& dice) {
    return dice.one_in(3) ? minutes{dice.between(1, 6'000)}
                          : milliseconds{dice.between(1, 200L * 3600 * 1000)};
}

// Tries `property(calendar, dice)` many times on each of many calendars.
template <class Property>
void on_random_calendars(Property property) {
    Dice dice;
    for (int i = 0; i < calendars; ++i) {
        const Calendar calendar = dice.calendar();
        CAPTURE(i);
        for (int n = 0; n < tries; ++n) property(calendar, dice);
    }
}

std::vector<Span> some_pauses(Dice& dice, Instant around) {
    std::vector<Span> spans;
    for (auto left = dice.between(0, 5); left > 0; --left) {
        const Instant from = around + minutes{dice.between(-3'000, 10'000)};
        spans.push_back({from, from + minutes{dice.between(-30, 3'000)}});
    }
    return spans;
}

}  // namespace

TEST_CASE("property: adding and measuring office time are inverse on every calendar") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const Instant start = dice.instant();
        const milliseconds amount = some_time(dice);
        const Instant due = calendar.add_working_time(start, amount).at;
        CHECK(due > start);
        CHECK(calendar.working_time_between(start, due) == amount);
        CHECK(calendar.working_time_between(due, start) == -amount);
        // It ends at the earliest such instant: the millisecond before still counted.
        CHECK(calendar.is_open(due - milliseconds{1}));
        const Instant back = calendar.add_working_time(due, -amount).at;
        CHECK(calendar.working_time_between(back, due) == amount);
        CHECK(calendar.is_open(back));
    });
}

TEST_CASE("property: office time split anywhere adds up to the whole") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const Instant start = dice.instant();
        const milliseconds first = some_time(dice), second = some_time(dice);
        const Instant middle = calendar.add_working_time(start, first).at;
        CHECK(
            calendar.add_working_time(middle, second).at ==
            calendar.add_working_time(start, first + second).at
        );
        const Instant end = start + minutes{dice.between(0, 30'000)};
        const Instant between = start + (end - start) / 2;
        CHECK(
            calendar.working_time_between(start, between) +
                calendar.working_time_between(between, end) ==
            calendar.working_time_between(start, end)
        );
    });
}

TEST_CASE("property: a later start or more time never ends earlier") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const Instant start = dice.instant();
        const Instant later = start + seconds{dice.between(0, 600'000)};
        const milliseconds amount = some_time(dice);
        const Instant due = calendar.add_working_time(start, amount).at;
        CHECK(calendar.add_working_time(later, amount).at >= due);
        CHECK(calendar.add_working_time(start, amount + milliseconds{1}).at > due);
        const int n = static_cast<int>(dice.between(1, 30));
        CHECK(calendar.due_after_workdays(later, n).at >= calendar.due_after_workdays(start, n).at);
        CHECK(
            calendar.due_after_workdays(start, n + 1).at > calendar.due_after_workdays(start, n).at
        );
    });
}

TEST_CASE("property: the next opening is open, is its own next opening, and nothing opens before") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const Instant at = dice.instant();
        const Instant open = calendar.next_open(at).at;
        CHECK(open >= at);
        CHECK(calendar.is_open(open));
        CHECK(calendar.next_open(open).at == open);
        CHECK(calendar.working_time_between(at, open) == milliseconds{0});
        CHECK(calendar.find_end(at, milliseconds{0}) == open);
        CHECK(calendar.is_open(at) == (open == at));
    });
}

TEST_CASE("property: working days are those walked one by one") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const LocalDay start = local_day(dice.instant());
        const int n = static_cast<int>(dice.between(1, 40));
        LocalDay walked = start;
        for (int left = n; left > 0;) {
            walked += days{1};
            if (calendar.is_workday(walked)) {
                CHECK_FALSE(calendar.hours_on(walked).empty());
                --left;
            }
        }
        CHECK(calendar.add_workdays(start, n).day == walked);
        CHECK(calendar.find_workday(start, n) == walked);
        CHECK(calendar.workdays_between(start, walked) == n);
        const LocalDay back = calendar.add_workdays(walked, -n).day;
        CHECK(calendar.workdays_between(back, walked) == n);
    });
}

TEST_CASE("property: pauses, however they lie, take away exactly what of them is office time") {
    on_random_calendars([](const Calendar& calendar, Dice& dice) {
        const Instant start = dice.instant();
        const auto written = some_pauses(dice, start);
        const auto pauses = joined(written);
        CHECK(joined(pauses) == pauses);
        const milliseconds amount = some_time(dice);
        const auto due = find_end(calendar, start, amount, pauses);
        REQUIRE(due.has_value());
        CHECK(working_time_between(calendar, start, *due, pauses) == amount);
        CHECK(*due >= calendar.add_working_time(start, amount).at);
        CHECK(working_time_between(calendar, *due, start, pauses) == milliseconds{0});
        const Instant last = *due - milliseconds{1};
        CHECK(calendar.is_open(last));
        for (const Span& span : written) CHECK_FALSE((span.from <= last && last < span.to));
        const auto begin = find_end(calendar, start, milliseconds{0}, pauses);
        REQUIRE(begin.has_value());
        CHECK(calendar.is_open(*begin));
        for (const Span& span : written) CHECK_FALSE((span.from <= *begin && *begin < span.to));
    });
}
