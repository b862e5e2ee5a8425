#include "sla/calendar_pauses.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <vector>

// Hours by weekday and date, weekend desks, calendars that open seldom.

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

const OfficeHours usual{{hours{9}, hours{12}}, {hours{14}, hours{18}}};

// The notices with a weekend desk: Saturday morning, Sunday evening until midnight.
CalendarData weekend_desk() {
    CalendarData data = china().data();
    data.week[5] = {{hours{10}, hours{12}}};
    data.week[6] = {{hours{20}, hours{24}}};
    return data;
}

Calendar built(CalendarData data) {
    return Calendar::build(std::move(data)).value();
}

}  // namespace

TEST_CASE("S29: every weekday has its own hours") {
    CalendarData data = china().data();
    data.week[4] = {{hours{9}, hours{12}}};  // Friday closes at noon
    const Calendar calendar = built(data);
    CHECK(calendar.closing(day(2026, 11, 27)) == at(2026, 11, 27, 12));
    CHECK(calendar.due_after_workdays(at(2026, 11, 26, 10), 1).at == at(2026, 11, 27, 12));
    CHECK(calendar.add_working_time(at(2026, 11, 27, 11), hours{2}).at == at(2026, 11, 30, 10));
    CHECK(calendar.workdays_in(std::chrono::year{2026}) == 248);
    CHECK(calendar.hours() == usual);
}

TEST_CASE("S29: a date can have hours of its own, and a day off wins over them") {
    CalendarData data = china().data();
    data.date_hours = {
        {day(2026, 12, 31), {{hours{9}, hours{12}}}},
        {day(2026, 10, 1), {{hours{9}, hours{12}}}},
        {day(2026, 10, 10), {{hours{8}, hours{9}}}},  // a make-up Saturday
        {day(2026, 11, 30), {}},
    };
    const Calendar calendar = built(data);
    CHECK(calendar.closing(day(2026, 12, 31)) == at(2026, 12, 31, 12));
    CHECK_FALSE(calendar.is_open(at(2026, 10, 1, 10)));
    CHECK_FALSE(calendar.is_workday(day(2026, 10, 1)));
    CHECK(calendar.is_open(at(2026, 10, 10, 8)));
    CHECK_FALSE(calendar.is_open(at(2026, 10, 10, 9)));
    CHECK(calendar.is_workday(day(2026, 10, 10)));
    CHECK_FALSE(calendar.is_workday(day(2026, 11, 30)));  // closed on a Monday
    CHECK(calendar.add_workdays(day(2026, 11, 27), 1).day == day(2026, 12, 1));
    CHECK(calendar.next_open(at(2026, 11, 27, 18)).at == at(2026, 12, 1, 9));
}

TEST_CASE("S29: a make-up day has its weekday's hours, or Monday's where that weekday has none") {
    CHECK(china().is_open(at(2026, 10, 10, 17)));  // Saturday
    const Calendar desk = built(weekend_desk());
    CHECK_FALSE(desk.is_open(at(2026, 10, 10, 17)));
    CHECK(desk.is_open(at(2026, 10, 10, 11)));
    CHECK(desk.closing(day(2026, 9, 20)) == at(2026, 9, 20, 23, 59) + milliseconds{59'999});
}

TEST_CASE("S30: a weekend desk is open, yet its weekend counts in no limit of days") {
    const Calendar desk = built(weekend_desk());
    CHECK(desk.is_open(at(2026, 11, 28, 10)));
    CHECK_FALSE(desk.is_workday(day(2026, 11, 28)));
    CHECK(desk.workdays_in(std::chrono::year{2026}) == 248);
    CHECK(desk.add_working_time(at(2026, 11, 27, 18), hours{3}).at == at(2026, 11, 29, 21));
    // Closing at midnight is the beginning of the next day, and still an end.
    CHECK(desk.add_working_time(at(2026, 11, 28, 12), hours{4}).at == at(2026, 11, 30));
    CHECK(desk.next_open(at(2026, 11, 30)).at == at(2026, 11, 30, 9));

    auto data = weekend_desk();
    data.working_weekdays.reset();  // whatever has hours
    const Calendar every_day = built(data);
    CHECK(every_day.is_workday(day(2026, 11, 28)));
    CHECK(every_day.add_workdays(day(2026, 11, 27), 1).day == day(2026, 11, 28));
    // A limit of days that ends on a day open until 24:00 ends on that day.
    const auto due = every_day.due_after_workdays(at(2026, 11, 28, 10), 1).at;
    CHECK(local_day(due) == day(2026, 11, 29));
    CHECK(due == at(2026, 11, 30) - milliseconds{1});
}

TEST_CASE("S30: hours of a rest day make it a working day only where hours decide") {
    CalendarData data = china().data();
    data.date_hours = {{day(2026, 11, 28), usual}};
    CHECK_FALSE(built(data).is_workday(day(2026, 11, 28)));
    CHECK(built(data).is_open(at(2026, 11, 28, 10)));
    data.working_weekdays.reset();
    CHECK(built(data).is_workday(day(2026, 11, 28)));
}

TEST_CASE("S1: another offset moves local times, not what is asked of them") {
    CalendarData data = china().data();
    data.offset = minutes{345};
    const Calendar nepal = built(data);
    const auto east = [](Instant t) { return t + hours{8} - minutes{345}; };
    CHECK(nepal.is_open(east(at(2026, 11, 23, 9))));
    CHECK_FALSE(nepal.is_open(at(2026, 11, 23, 9)));
    CHECK(
        nepal.add_working_time(east(at(2026, 11, 23, 17)), hours{2}).at ==
        east(at(2026, 11, 24, 10))
    );
    CHECK(nepal.due_after_workdays(east(at(2026, 9, 30, 23)), 1).at == east(at(2026, 10, 8, 18)));
}

TEST_CASE("S31: what never comes is nothing, not a search without end") {
    CalendarData data;
    data.week.fill({});
    const Calendar never = Calendar::build_any(data).value();
    CHECK_FALSE(never.find_open(at(2026, 1, 1)).has_value());
    CHECK_FALSE(never.find_end(at(2026, 1, 1), hours{1}).has_value());
    CHECK_FALSE(never.find_end(at(2026, 1, 1), hours{0}).has_value());
    CHECK_FALSE(never.find_workday(day(2026, 1, 1), 1).has_value());
    CHECK_FALSE(find_end(never, at(2026, 1, 1), hours{1}, {}).has_value());
    const std::vector pauses{Span{at(2026, 2, 1), at(2026, 3, 1)}};
    CHECK_FALSE(find_end(never, at(2026, 1, 1), hours{1}, pauses).has_value());
    CHECK(never.working_time_between(at(2020, 1, 1), at(2030, 1, 1)) == hours{0});
    CHECK(never.hours().empty());
    CHECK(never.closing(day(2026, 1, 1)) == at(2026, 1, 2) - milliseconds{1});

    data.rules = {{day(2026, 1, 4), false, "one Sunday"}};  // Monday has no hours to lend
    CHECK_FALSE(Calendar::build_any(data).value().is_workday(day(2026, 1, 4)));
    data.date_hours = {{day(2026, 1, 4), usual}, {day(2027, 1, 3), usual}};
    const Calendar seldom = Calendar::build_any(data).value();
    CHECK(seldom.find_open(at(2020, 1, 1)) == at(2026, 1, 4, 9));
    CHECK(seldom.find_end(at(2020, 1, 1), hours{8}) == at(2027, 1, 3, 10));
    CHECK(seldom.find_end(at(2020, 1, 1), hours{14}) == at(2027, 1, 3, 18));
    CHECK_FALSE(seldom.find_end(at(2020, 1, 1), hours{14} + milliseconds{1}).has_value());
    CHECK(seldom.find_workday(day(2020, 1, 1), 1) == day(2026, 1, 4));
    CHECK_FALSE(seldom.find_open(at(2027, 1, 3, 18)).has_value());
}

TEST_CASE("S31: calendars for deadlines stay within the years that can be told") {
    const auto far = china().add_workdays(day(2026, 1, 1), 2'000'000'000);
    CHECK(far == DueDay{last_known_day, true});
    CHECK(china().add_workdays(day(2026, 1, 1), -2'000'000'000) == DueDay{first_known_day, true});
    const auto long_time = hours{24} * 365 * 20'000;
    CHECK(local_day(china().add_working_time(at(2026, 1, 1), long_time).at) == last_known_day);
    CHECK(local_day(china().add_working_time(at(2026, 1, 1), -long_time).at) == first_known_day);
    CHECK(local_day(china().next_open(at_local(last_known_day, hours{19})).at) == last_known_day);
    CHECK_FALSE(china().find_workday(last_known_day, 1).has_value());
    CHECK_FALSE(built(weekend_desk()).find_open(at_local(last_known_day, hours{19})).has_value());
    CHECK_FALSE(china().find_open(at_local(last_known_day, hours{19})).has_value());
}

TEST_CASE("S32: pauses that touch or overlap are one, empty ones are none") {
    const auto span = [](int from, int to) {
        return Span{at(2026, 11, 23, from), at(2026, 11, 23, to)};
    };
    CHECK(
        joined({span(15, 16), span(9, 10), span(10, 11), span(13, 12), span(14, 14)}) ==
        std::vector{span(9, 11), span(15, 16)}
    );
    CHECK(joined({span(9, 15), span(10, 11)}) == std::vector{span(9, 15)});
    const std::vector pauses{span(10, 11), span(14, 16)};
    const Instant nine = at(2026, 11, 23, 9);
    CHECK(find_end(china(), nine, hours{1}, pauses) == at(2026, 11, 23, 10));
    CHECK(find_end(china(), nine, hours{2}, pauses) == at(2026, 11, 23, 12));
    CHECK(find_end(china(), nine, hours{3}, pauses) == at(2026, 11, 23, 17));
    CHECK(find_end(china(), at(2026, 11, 23, 12), hours{0}, pauses) == at(2026, 11, 23, 16));
    CHECK(find_end(china(), at(2026, 11, 23, 10), hours{0}, pauses) == at(2026, 11, 23, 11));
    CHECK(find_end(china(), at(2026, 11, 23, 17), hours{1}, pauses) == at(2026, 11, 23, 18));
    CHECK(working_time_between(china(), nine, at(2026, 11, 23, 15), pauses) == hours{2});
    CHECK(working_time_between(china(), at(2026, 11, 23, 17), nine, pauses) == hours{0});
}
