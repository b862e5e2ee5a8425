#include "sla/calendar.hpp"

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <ostream>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::year;

TEST_CASE("S2: working days per year follow the notices") {
    CHECK(china().workdays_in(year{2024}) == 251);
    CHECK(china().workdays_in(year{2025}) == 248);
    CHECK(china().workdays_in(year{2026}) == 248);
    CHECK(china().version() == 3);
}

TEST_CASE("S2: a day off is no working day, a make-up Sunday is one") {
    CHECK_FALSE(china().is_workday(day(2026, 10, 1)));
    CHECK(china().is_workday(day(2026, 9, 20)));
    CHECK_FALSE(china().is_workday(day(2026, 9, 19)));
    CHECK(china().is_workday(day(2024, 2, 9)));  // 除夕 of 2024 was an ordinary working day
    CHECK_FALSE(china().is_workday(day(2025, 1, 28)));
    REQUIRE(china().rule(day(2026, 9, 20)) != nullptr);
    CHECK(china().rule(day(2026, 9, 20))->name == "国庆节");
    CHECK(china().rule(day(2026, 9, 21)) == nullptr);
    CHECK(china().rule(day(2099, 1, 1)) == nullptr);
}

TEST_CASE("S3, S4: n working days end at closing time of the n-th working day after arrival") {
    struct Row {
        LocalDay arrival;
        int n;
        LocalDay due;
    };
    const Row rows[] = {
        {day(2026, 9, 30), 1, day(2026, 10, 8)},
        {day(2026, 9, 30), 5, day(2026, 10, 13)},
        {day(2026, 2, 13), 1, day(2026, 2, 14)},
        {day(2026, 2, 13), 3, day(2026, 2, 25)},
        {day(2026, 2, 14), 5, day(2026, 2, 28)},
        {day(2026, 1, 3), 1, day(2026, 1, 4)},
        {day(2026, 5, 8), 2, day(2026, 5, 11)},
        {day(2025, 9, 27), 1, day(2025, 9, 28)},
        {day(2025, 9, 30), 15, day(2025, 10, 28)},
        {day(2024, 2, 8), 5, day(2024, 2, 21)},
        {day(2026, 9, 19), 1, day(2026, 9, 20)},
        {day(2024, 12, 31), 1, day(2025, 1, 2)},
        {day(2026, 10, 10), 1, day(2026, 10, 12)},  // arrival on a make-up Saturday
        {day(2026, 11, 21), 1, day(2026, 11, 23)},  // arrival on a plain Saturday
    };
    for (const auto& row : rows) {
        CAPTURE(row.arrival.time_since_epoch().count());
        CAPTURE(row.n);
        CHECK(china().add_workdays(row.arrival, row.n) == DueDay{row.due, false});
        for (const auto hour : {0, 8, 12, 17, 23}) {
            const auto due = china().due_after_workdays(at_local(row.arrival, hours{hour}), row.n);
            CHECK(due == DueInstant{at_local(row.due, hours{18}), false});
        }
    }
}

TEST_CASE("S1: the date of arrival is China's, not UTC's") {
    const Instant late_evening_utc = at(2026, 11, 23, 0, 30);  // 16:30 UTC on the day before
    CHECK(local_day(late_evening_utc) == day(2026, 11, 23));
    CHECK(china().due_after_workdays(late_evening_utc, 1).at == at(2026, 11, 24, 18));
    CHECK(local_day(at(1969, 12, 31, 23, 59)) == day(1969, 12, 31));
    CHECK(time_of_day(at(1969, 12, 31, 23, 59)) == hours{23} + minutes{59});
}

TEST_CASE("S6: a date that runs into a year without notice is flagged and follows the plain week") {
    CHECK_FALSE(china().due_after_workdays(at(2026, 12, 10, 10), 15).beyond_known_calendar);
    const auto due = china().due_after_workdays(at(2026, 12, 11, 10), 15);
    CHECK(due.beyond_known_calendar);
    CHECK(due.at == at(2027, 1, 1, 18));  // a Friday: Monday to Friday, not a guess of the feast
    CHECK(china().add_workdays(day(2023, 12, 28), 1) == DueDay{day(2023, 12, 29), true});
    CHECK(china().add_workdays(day(2023, 12, 31), 1) == DueDay{day(2024, 1, 2), false});
    CHECK(china().add_workdays(day(2024, 1, 2), -1) == DueDay{day(2023, 12, 29), true});
    CHECK(china().add_working_time(at(2026, 12, 31, 17), hours{2}).beyond_known_calendar);
    CHECK(china().add_working_time(at(2027, 1, 4, 10), -hours{9}).beyond_known_calendar);
    CHECK(china().next_open(at(2026, 12, 31, 19)).beyond_known_calendar);
    CHECK(china().next_open(at(2027, 1, 4, 8)).beyond_known_calendar);
    CHECK(china().is_workday(day(2031, 6, 2)));  // a Monday
    CHECK_FALSE(china().is_workday(day(2031, 6, 1)));
    CHECK_FALSE(china().knows(year{2027}));
}

TEST_CASE("S6: a year missing between two known ones is flagged as well") {
    const auto gap = calendar_of({2024, 2026});
    CHECK(gap.knows(year{2024}));
    CHECK_FALSE(gap.knows(year{2025}));
    CHECK(gap.add_workdays(day(2024, 12, 31), 1) == DueDay{day(2025, 1, 1), true});
    CHECK(gap.beyond_known(day(2024, 5, 1), day(2026, 5, 1)));
    CHECK_FALSE(gap.beyond_known(day(2026, 5, 1), day(2026, 6, 1)));
}

TEST_CASE("S6: an empty calendar works by the plain week and flags every date") {
    const auto empty = Calendar::build({}).value();
    CHECK(empty.add_workdays(day(2026, 9, 30), 5) == DueDay{day(2026, 10, 7), true});
    CHECK(empty.add_workdays(day(2026, 9, 30), -5) == DueDay{day(2026, 9, 23), true});
    CHECK(empty.add_workdays(day(1960, 1, 1), 1) == DueDay{day(1960, 1, 4), true});
    CHECK(empty.add_workdays(day(1960, 1, 4), -1) == DueDay{day(1960, 1, 1), true});
}

TEST_CASE("a notice may rule on the last days of the year before, which stays unknown") {
    CalendarData data;
    data.rules = {{day(2026, 12, 31), true, "元旦"}};
    const auto rules_only = Calendar::build(data).value();
    CHECK(rules_only.add_workdays(day(2026, 12, 30), 1) == DueDay{day(2027, 1, 1), true});
    data.years = {year{2027}};
    const auto calendar = Calendar::build(data).value();
    CHECK_FALSE(calendar.is_workday(day(2026, 12, 31)));
    CHECK(calendar.is_workday(day(2026, 12, 30)));
    CHECK_FALSE(calendar.knows(year{2026}));
}

TEST_CASE("unsound calendar data is refused with its reason") {
    const auto refused = [](auto change) {
        CalendarData data;
        data.years = {year{2026}};
        data.rules = {{day(2026, 10, 1), true, "国庆节"}};
        change(data);
        const auto built = Calendar::build(data);
        REQUIRE_FALSE(built.has_value());
        return built.error();
    };
    using Data = CalendarData;
    CHECK(refused([](Data& d) { d.years.emplace_back(1969); }) == CalendarError::year_out_of_range);
    CHECK(refused([](Data& d) { d.years.emplace_back(2201); }) == CalendarError::year_out_of_range);
    CHECK(refused([](Data& d) {
              d.rules[0].date = day(2201, 1, 1);
          }) == CalendarError::year_out_of_range);
    CHECK(refused([](Data& d) {
              d.rules.push_back({day(2026, 10, 1), false, "国庆节"});
          }) == CalendarError::repeated_date);
    CHECK(refused([](Data& d) {
              d.date_hours = {{day(2201, 1, 1), {}}};
          }) == CalendarError::year_out_of_range);
    CHECK(refused([](Data& d) {
              d.date_hours = {{day(2026, 12, 31), {}}, {day(2026, 12, 31), {}}};
          }) == CalendarError::repeated_date);
    CHECK(refused([](Data& d) { d.week.fill({}); }) == CalendarError::never_open);
    CHECK(refused([](Data& d) { d.working_weekdays->fill(false); }) == CalendarError::never_open);
    CHECK(refused([](Data& d) { d.week[4] = {{hours{9}, hours{9}}}; }) == CalendarError::bad_hours);
    CHECK(refused([](Data& d) {
              d.week[0] = {{hours{9}, hours{12}}, {hours{11}, hours{18}}};
          }) == CalendarError::bad_hours);
    CHECK(refused([](Data& d) {
              d.week[6] = {{hours{9}, hours{25}}};
          }) == CalendarError::bad_hours);
    CHECK(refused([](Data& d) {
              d.date_hours = {{day(2026, 12, 31), {{hours{-1}, hours{2}}}}};
          }) == CalendarError::bad_hours);
    CHECK(refused([](Data& d) { d.offset = hours{24}; }) == CalendarError::bad_offset);
    CHECK(refused([](Data& d) { d.offset = -hours{24}; }) == CalendarError::bad_offset);
}

TEST_CASE("S5: office hours are 09:00-12:00 and 14:00-18:00 on working days") {
    CHECK_FALSE(china().is_open(at(2026, 11, 23, 8, 59)));
    CHECK(china().is_open(at(2026, 11, 23, 9)));
    CHECK(china().is_open(at(2026, 11, 23, 11, 59)));
    CHECK_FALSE(china().is_open(at(2026, 11, 23, 12)));
    CHECK(china().is_open(at(2026, 11, 23, 14)));
    CHECK_FALSE(china().is_open(at(2026, 11, 23, 18)));
    CHECK_FALSE(china().is_open(at(2026, 11, 22, 10)));
    CHECK(china().closing(day(2026, 11, 23)) == at(2026, 11, 23, 18));
    CHECK(china().hours().size() == 2);
}

TEST_CASE("S5: the next opening skips lunch, evenings and days off") {
    const auto next = [](Instant t) { return china().next_open(t).at; };
    CHECK(next(at(2026, 11, 23, 7)) == at(2026, 11, 23, 9));
    CHECK(next(at(2026, 11, 23, 10, 5)) == at(2026, 11, 23, 10, 5));
    CHECK(next(at(2026, 11, 23, 12)) == at(2026, 11, 23, 14));
    CHECK(next(at(2026, 11, 23, 18)) == at(2026, 11, 24, 9));
    CHECK(next(at(2026, 9, 30, 18)) == at(2026, 10, 8, 9));
    CHECK(next(at(2026, 10, 9, 20)) == at(2026, 10, 10, 9));  // make-up Saturday
}

TEST_CASE("S5: working time is counted through lunch, evenings, feasts and make-up days") {
    struct Row {
        Instant from;
        milliseconds amount;
        Instant due;
    };
    const Row rows[] = {
        {at(2026, 11, 23, 9), hours{2}, at(2026, 11, 23, 11)},
        {at(2026, 11, 23, 11), hours{1}, at(2026, 11, 23, 12)},  // ends at the bell, not at 14:00
        {at(2026, 11, 23, 11), hours{2}, at(2026, 11, 23, 15)},
        {at(2026, 11, 23, 14), hours{4}, at(2026, 11, 23, 18)},  // nor at 09:00 of the next day
        {at(2026, 11, 23, 9), hours{14}, at(2026, 11, 24, 18)},
        {at(2026, 11, 20, 20), hours{7}, at(2026, 11, 23, 18)},
        {at(2026, 11, 23, 17), hours{4}, at(2026, 11, 24, 12)},
        {at(2026, 11, 20, 20), hours{2}, at(2026, 11, 23, 11)},
        {at(2026, 9, 30, 17), hours{4}, at(2026, 10, 8, 12)},
        {at(2026, 10, 9, 17, 30), hours{1}, at(2026, 10, 10, 9, 30)},
        {at(2026, 11, 22, 3), milliseconds{1}, at(2026, 11, 23, 9) + milliseconds{1}},
        {at(2026, 11, 23, 10), hours{0}, at(2026, 11, 23, 10)},
        {at(2026, 11, 23, 18), -hours{7}, at(2026, 11, 23, 9)},
        {at(2026, 11, 23, 9), -hours{1}, at(2026, 11, 20, 17)},
        {at(2026, 11, 23, 14), -hours{1}, at(2026, 11, 23, 11)},
        {at(2026, 11, 23, 18), -hours{4}, at(2026, 11, 23, 14)},
    };
    for (const auto& row : rows) {
        CAPTURE(row.from.time_since_epoch().count());
        CAPTURE(row.amount.count());
        CHECK(china().add_working_time(row.from, row.amount) == DueInstant{row.due, false});
    }
    CHECK(china().working_time_between(at(2026, 9, 30, 9), at(2026, 10, 8, 18)) == hours{14});
    CHECK(china().working_time_between(at(2026, 10, 8, 18), at(2026, 9, 30, 9)) == -hours{14});
    CHECK(china().working_time_between(at(2026, 10, 1), at(2026, 10, 8)) == hours{0});
}

TEST_CASE("property: adding and counting working days are inverse") {
    Dice dice;
    for (int i = 0; i < 20'000; ++i) {
        const LocalDay start = local_day(dice.instant());
        const int n = static_cast<int>(dice.between(1, 400));
        const LocalDay due = china().add_workdays(start, n).day;
        CHECK(china().is_workday(due));
        CHECK(china().workdays_between(start, due) == n);
        CHECK(china().workdays_between(due, start) == -n);
        const LocalDay back = china().add_workdays(due, -n).day;
        CHECK(back <= start);
        CHECK(china().add_workdays(back, n).day == due);
    }
}

TEST_CASE("property: working days split anywhere add up to the whole") {
    Dice dice;
    for (int i = 0; i < 20'000; ++i) {
        const LocalDay start = local_day(dice.instant());
        const int first = static_cast<int>(dice.between(0, 60));
        const int second = static_cast<int>(dice.between(0, 60));
        const LocalDay middle = china().add_workdays(start, first).day;
        CHECK(
            china().add_workdays(middle, second).day ==
            (first + second == 0 ? start : china().add_workdays(start, first + second).day)
        );
    }
}

TEST_CASE("property: counting day by day gives the same as the table") {
    Dice dice;
    for (int i = 0; i < 500; ++i) {
        const LocalDay start = local_day(dice.instant());
        const int n = static_cast<int>(dice.between(1, 40));
        LocalDay walked = start;
        for (int left = n; left > 0;) {
            walked += days{1};
            const auto* rule = china().rule(walked);
            if (rule != nullptr ? !rule->off : is_weekday(walked)) --left;
        }
        CHECK(china().add_workdays(start, n).day == walked);
    }
}

TEST_CASE("property: adding and measuring working time are inverse, split and monotonic") {
    Dice dice;
    for (int i = 0; i < 20'000; ++i) {
        const Instant start = dice.instant();
        const milliseconds amount{dice.between(1, 100L * 3600 * 1000)};
        const milliseconds part{dice.between(0, amount.count())};
        const Instant due = china().add_working_time(start, amount).at;
        CHECK(china().working_time_between(start, due) == amount);
        CHECK(china().working_time_between(due - milliseconds{1}, due) == milliseconds{1});
        const Instant middle = china().add_working_time(start, part).at;
        CHECK(
            china().add_working_time(middle, amount - part).at == (part == amount ? middle : due)
        );
        CHECK(
            china()
                .add_working_time(start + milliseconds{dice.between(0, 86'400'000)}, amount)
                .at >= due
        );
        const Instant back = china().add_working_time(due, -amount).at;
        CHECK(back >= start);
        CHECK(china().working_time_between(back, due) == amount);
        CHECK(china().working_time_between(back, back + milliseconds{1}) == milliseconds{1});
    }
}

TEST_CASE("property: a later arrival or a longer limit is never due earlier") {
    Dice dice;
    for (int i = 0; i < 20'000; ++i) {
        const Instant start = dice.instant();
        const Instant later = start + minutes{dice.between(0, 10'000)};
        const int n = static_cast<int>(dice.between(1, 40));
        const auto due = china().due_after_workdays(start, n).at;
        CHECK(due > start);
        CHECK(china().due_after_workdays(later, n).at >= due);
        CHECK(china().due_after_workdays(start, n + 1).at > due);
        CHECK(china().next_open(later).at >= china().next_open(start).at);
        CHECK(china().is_open(china().next_open(start).at));
    }
}
