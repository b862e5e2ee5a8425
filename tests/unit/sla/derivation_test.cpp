#include "sla/derivation.hpp"

#include "tests/unit/sla/china_calendar.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace hotline::sla::test;

namespace {

Derivation derived(const Clock& clock) {
    return derive(clock, china());
}

Clock started(Limit limit, Instant when) {
    return start(ClockKind::handle, limit, when, china());
}

}  // namespace

TEST_CASE("S15: a date in working days names the feasts skipped and the make-up days counted") {
    const auto d = derived(started(working_days(5), at(2026, 9, 30, 16, 20)));
    REQUIRE(d.days_off.size() == 1);
    CHECK(d.days_off[0] == DayRun{day(2026, 10, 1), day(2026, 10, 7), "国庆节"});
    REQUIRE(d.make_up.size() == 1);
    CHECK(d.make_up[0].first == day(2026, 10, 10));
    CHECK(d.weekend_days == 1);
    CHECK(
        explain_zh(d) ==
        "自 2026-09-30 16:20 起 5 个工作日，2026-10-13 18:00 到期。不计 国庆节 10-01 至 "
        "10-07、周末 1 天。"
        "调休上班计入：国庆节 10-10。"
    );
    CHECK(
        explain_en(d) ==
        "5 working days from 2026-09-30 16:20, due 2026-10-13 18:00. Not counted: National Day "
        "10-01 to 10-07, 1 weekend day. Make-up workdays counted: National Day 10-10."
    );
}

TEST_CASE("S15: what is named explains the date: elapsed days less skipped days are the limit") {
    for (int offset = 0; offset < 700; ++offset) {
        const Instant start = at(2024, 1, 2, 10) + std::chrono::days{offset};
        const auto d = derived(started(working_days(10), start));
        auto counted = (local_day(d.due_at) - local_day(start)).count() - d.weekend_days;
        for (const auto& run : d.days_off) counted -= (run.last - run.first).count() + 1;
        CAPTURE(offset);
        CHECK(counted == 10);
    }
}

TEST_CASE("S15: a long time around the clock is told in days") {
    const auto archive = derived(started(natural_hours(24 * 30), at(2026, 9, 30, 9)));
    CHECK(explain_zh(archive) == "自 2026-09-30 09:00 起 30 天，2026-10-30 09:00 到期。");
    CHECK(explain_en(archive) == "30 days from 2026-09-30 09:00, due 2026-10-30 09:00.");
    const auto look = derived(started(natural_minutes(7 * 1440 + 61), at(2026, 11, 2, 9)));
    CHECK(explain_zh(look) == "自 2026-11-02 09:00 起 7 天 1 小时 1 分钟，2026-11-09 10:01 到期。");
    CHECK(
        explain_en(look) == "7 days 1 hour 1 minute from 2026-11-02 09:00, due 2026-11-09 10:01."
    );
}

TEST_CASE("S15: a natural limit skips nothing and says so by silence") {
    const auto d = derived(started(natural_hours(24), at(2026, 9, 30, 9, 5)));
    CHECK(explain_zh(d) == "自 2026-09-30 09:05 起 24 个小时，2026-10-01 09:05 到期。");
    CHECK(explain_en(d) == "24 hours from 2026-09-30 09:05, due 2026-10-01 09:05.");
    const auto short_limit = derived(started(natural_minutes(15), at(2026, 9, 30, 9)));
    CHECK(explain_zh(short_limit) == "自 2026-09-30 09:00 起 15 分钟，2026-09-30 09:15 到期。");
    CHECK(explain_en(short_limit) == "15 minutes from 2026-09-30 09:00, due 2026-09-30 09:15.");
    const auto hour = derived(started(natural_hours(1), at(2026, 9, 30, 9)));
    CHECK(explain_en(hour) == "1 hour from 2026-09-30 09:00, due 2026-09-30 10:00.");
}

TEST_CASE("S15: working hours are explained over a weekend") {
    const auto d = derived(started(working_hours(2), at(2026, 11, 20, 17)));
    CHECK(
        explain_zh(d) ==
        "自 2026-11-20 17:00 起 2 个工作小时，2026-11-23 10:00 到期。不计 周末 2 天。"
    );
    CHECK(
        explain_en(d) ==
        "2 working hours from 2026-11-20 17:00, due 2026-11-23 10:00. Not counted: 2 weekend days."
    );
    const auto odd = derived(started({LimitUnit::working_minutes, 90}, at(2026, 11, 23, 9)));
    CHECK(explain_zh(odd) == "自 2026-11-23 09:00 起 90 工作分钟，2026-11-23 10:30 到期。");
    CHECK(explain_en(odd) == "90 working minutes from 2026-11-23 09:00, due 2026-11-23 10:30.");
}

TEST_CASE("S15: extensions, suspensions and an unknown year are told") {
    auto clock = started(working_days(5), at(2026, 12, 22, 10));
    clock = extend(clock, working_days(1), at(2026, 12, 23, 10), china()).value();
    clock = pause(clock, at(2026, 12, 24, 10)).value();
    clock = resume(clock, at(2026, 12, 25, 11), china()).value();
    clock = pause(clock, at(2026, 12, 28, 9)).value();
    const auto d = derived(clock);
    CHECK(
        explain_zh(d) ==
        "自 2026-12-22 10:00 起 5 个工作日，延期 1 个工作日，2026-12-31 18:00 到期。不计 周末 2 "
        "天。"
        "暂停：2026-12-24 10:00 起，2026-12-25 11:00 止。暂停：2026-12-28 09:00 起，尚未恢复。"
    );
    CHECK(
        explain_en(d) ==
        "5 working days from 2026-12-22 10:00, extended by 1 working day, due 2026-12-31 18:00. "
        "Not counted: 2 weekend days. Suspended from 2026-12-24 10:00 to 2026-12-25 11:00. "
        "Suspended from 2026-12-28 09:00, not yet resumed."
    );
    const auto unknown = derived(started(working_days(15), at(2026, 12, 11, 10)));
    CHECK(explain_zh(unknown).find("尚未载入，暂按周一至周五计算") != std::string::npos);
    CHECK(explain_en(unknown).find("Monday to Friday is assumed") != std::string::npos);
}

TEST_CASE("S15: a date given with an older calendar says so") {
    const auto old =
        start(ClockKind::handle, working_days(1), at(2026, 11, 23, 10), calendar_of({2026}, 1));
    CHECK(explain_zh(derived(old)).find("第 1 版日历给出，现行第 3 版") != std::string::npos);
    CHECK(
        explain_en(derived(old)).find("calendar version 1; the current one is 3") !=
        std::string::npos
    );
}

TEST_CASE("S15: joined feasts and names unknown to English are rendered") {
    const auto joined = derived(started(working_days(1), at(2025, 9, 30, 10)));
    CHECK(
        explain_en(joined).find("National Day and Mid-Autumn 10-01 to 10-08") != std::string::npos
    );
    CalendarData data;
    data.version = 9;
    data.years = {std::chrono::year{2026}};
    data.rules = {{day(2026, 9, 3), true, "纪念日"}, {day(2026, 9, 4), true, "纪念日二"}};
    const auto calendar = Calendar::build(data).value();
    const auto clock = start(ClockKind::handle, working_days(1), at(2026, 9, 2, 9), calendar);
    CHECK(
        explain_en(derive(clock, calendar)) ==
        "1 working day from 2026-09-02 09:00, due 2026-09-07 18:00. Not counted: 纪念日 09-03, "
        "纪念日二 09-04, 2 weekend days."
    );
}
