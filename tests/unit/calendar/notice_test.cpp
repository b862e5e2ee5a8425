#include "server/calendar/notice.hpp"

#include "server/calendar/local_text.hpp"
#include "sla/date_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <string>

using namespace hotline;
using namespace std::chrono_literals;
using calendar::Amendment;
using calendar::DayChange;
using calendar::Notice;

namespace {

sla::LocalDay day(std::string_view text) {
    return calendar::date_of(text).value();
}

Notice checked(std::string_view bytes) {
    Notice notice = calendar::read_notice(bytes);
    check(notice);
    return notice;
}

bool has_problem(const Notice& notice, std::string_view place, std::string_view what) {
    return std::ranges::any_of(notice.problems, [&](const auto& problem) {
        return problem.place.zh.contains(place) && problem.what.zh.contains(what);
    });
}

// The feasts the law fixes for a year of the future, and what is added.
std::string json_of(const std::string& more, const std::string& year = "2027") {
    std::string days;
    for (const char* date : {"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}) {
        days += R"({"name":"节","date":")" + year + "-" + date + R"(","isOffDay":true},)";
    }
    days.pop_back();
    return R"({"year":)" + year + R"(,"papers":["https://www.gov.cn/x"],"days":[)" + days + more +
           "]}";
}

std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n";
}

std::string ics_of(const std::string& events) {
    std::string fixed;
    for (const char* date : {"0101", "0501", "0502", "1001", "1002", "1003"}) {
        fixed += event("DTSTART;VALUE=DATE:2027" + std::string{date} + "\r\nSUMMARY:节 假期\r\n");
    }
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + fixed + events + "END:VCALENDAR\r\n";
}

// The days beyond those the law fixes.
std::vector<std::string> extra(const Notice& notice) {
    std::vector<std::string> list;
    for (const auto& rule : notice.days) {
        if (rule.name == "节") continue;
        list.push_back(sla::date_text(rule.date) + (rule.off ? " off " : " work ") + rule.name);
    }
    return list;
}

using List = std::vector<std::string>;

TEST_CASE("what is wrong with a file is told in English as well") {
    const std::string files[] = {
        "{",
        "",
        "{}",
        R"({"year":2027,"days":[1,{"date":"2027-02-30"},{"date":"2027-01-01"}]})",
        R"({"year":2027,"days":[{"date":"2029-01-01","isOffDay":true}]})",
        R"({"year":1,"days":[]})",
        ics_of("BEGIN:VEVENT\r\n"),
        ics_of(event("DTSTART;VALUE=DATE:20270405\r\nDTEND;VALUE=DATE:20270301\r\nSUMMARY:A\r\n")),
        ics_of(event("DTSTART;VALUE=DATE:20270405\r\nSUMMARY:A\r\n")),
    };
    for (const auto& file : files) {
        CAPTURE(file);
        const auto notice = checked(file);
        REQUIRE_FALSE(notice.problems.empty());
        for (const auto& [place, what] : notice.problems) {
            const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
            CHECK(std::ranges::all_of(place.en, ascii));
            CHECK(std::ranges::all_of(what.en, ascii));
            CHECK_FALSE(std::ranges::all_of(what.zh, ascii));
        }
    }
}

}  // namespace

TEST_CASE("a year in JSON is read with its source") {
    const auto notice = checked(json_of(R"(,{"name":"春节","date":"2027-02-06","isOffDay":true},)"
                                        R"({"name":"春节","date":"2027-02-20","isOffDay":false},)"
                                        R"({"name":"元旦","date":"2026-12-31","isOffDay":true})"));
    CHECK(notice.problems.empty());
    CHECK(notice.years == std::set{2027y});
    CHECK(notice.papers == List{"https://www.gov.cn/x"});
    CHECK(
        extra(notice) == List{"2026-12-31 off 元旦", "2027-02-06 off 春节", "2027-02-20 work 春节"}
    );
}

TEST_CASE("several years by year are read, too") {
    const auto notice =
        checked(R"({"2025":[{"date":"2025-01-01","name":"元旦","off":true}],"next":[],"2026":{}})");
    CHECK(notice.days.size() == 1);
    CHECK(has_problem(notice, "next", "年份"));
    CHECK(has_problem(notice, "2026", "列表"));
    CHECK(has_problem(notice, "2025-10-01", "不完整"));
}

TEST_CASE("every bad entry is named with its place") {
    const auto notice = checked(json_of(R"(,{"name":"春节","date":"2027-02-30","isOffDay":true},)"
                                        R"({"name":"春节","date":"2027-02-19","isOffDay":false},)"
                                        R"({"name":"春节","date":"2027-02-08","isOffDay":1},)"
                                        R"({"name":"","date":"2027-02-09","isOffDay":true},)"
                                        R"({"name":"春节","date":"2028-02-09","isOffDay":true},)"
                                        R"({"name":"春节","date":"2027-10-01","isOffDay":false},)"
                                        R"("2027-02-10")"));
    CHECK(has_problem(notice, "days[6]", "没有这一天"));
    CHECK(has_problem(notice, "2027-02-19", "补班日不在周末"));
    CHECK(has_problem(notice, "days[8]", "isOffDay"));
    CHECK(has_problem(notice, "2027-02-09", "节日名称"));
    CHECK(has_problem(notice, "days[10]", "2028-02-09不在2027年"));
    CHECK(has_problem(notice, "2027-10-01", "两种说法"));
    CHECK(has_problem(notice, "days[12]", "对象"));
}

TEST_CASE("a year whose notice is not out, or not whole, is not taken for known") {
    CHECK(has_problem(checked(R"({"year":2027,"papers":[],"days":[]})"), "文件", "没有放假安排"));
    const auto half =
        checked(R"({"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]})");
    CHECK(has_problem(half, "2027-05-01", "不完整"));
    CHECK(has_problem(checked(R"({"year":"2027","days":[]})"), "year", "年份"));
    CHECK(has_problem(checked(R"({"year":3027,"days":[]})"), "year", "年份"));
    CHECK(has_problem(checked(R"({"year":2027})"), "days", "列表"));
    CHECK(has_problem(checked("[]"), "文件", "iCalendar"));
    CHECK(has_problem(checked("{"), "文件", "JSON"));
    CHECK(has_problem(checked(""), "文件", "iCalendar"));
}

TEST_CASE("iCalendar: days and runs of days, with the words publishers use") {
    const auto notice = checked(ics_of(
        event("DTSTART;VALUE=DATE:20270206\r\nDTEND;VALUE=DATE:20270208\r\nSUMMARY:春节放假\r\n") +
        event("DTSTART;VALUE=DATE:20270208\r\nDTEND;VALUE=DATE:20270208\r\n"
              "SUMMARY:春节 假期 第3天/共7天\r\n") +
        event("DTSTART:20270220T090000\r\nDTEND:20270220T180000\r\nSUMMARY:春节 补班 第1天\r\n"
              "DESCRIPTION:2月6日至12日放假\\, 20日上班\r\nBEGIN:VALARM\r\nTRIGGER:-PT60M\r\n"
              "DESCRIPTION:放假\r\nEND:VALARM\r\n") +
        event("DTSTART;VALUE=DATE:20270221\r\nSUMMARY:春节调休\r\n") +
        event("DTSTART;VALUE=DATE:20270405\r\nSUMMARY;LANGUAGE=zh_CN:清明节（休）\r\n") +
        event("DTSTART;VALUE=DATE:20270425\r\nSUMMARY:劳动节\r\nDESCRIPTION:当日正\r\n 常上班\r\n")
    ));
    CHECK(notice.problems.empty());
    CHECK(
        extra(notice) ==
        List{
            "2027-02-06 off 春节",
            "2027-02-07 off 春节",
            "2027-02-08 off 春节",
            "2027-02-20 work 春节",
            "2027-02-21 work 春节",
            "2027-04-05 off 清明节",
            "2027-04-25 work 劳动节",
        }
    );
}

TEST_CASE("iCalendar: times in UTC are days in China, and repeating events are not guessed at") {
    const auto notice = checked(ics_of(
        event("DTSTART:20270205T160000Z\r\nDTEND:20270207T160000Z\r\nSUMMARY:春节放假\r\n") +
        event("DTSTART:20270305T0900\r\nSUMMARY:春节放假\r\n") +
        event("DTSTART;VALUE=DATE:20270305\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:节 放假\r\n")
    ));
    CHECK(extra(notice) == List{"2027-02-06 off 春节", "2027-02-07 off 春节"});
    CHECK(has_problem(notice, "第32行", "DTSTART"));
    CHECK(has_problem(notice, "第36行", "RRULE"));
}

TEST_CASE("iCalendar: where marks say which day is off, feasts without one are passed over") {
    const auto notice = checked(
        "BEGIN:VCALENDAR\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270509\nSUMMARY:母亲节\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270206\nDTEND;VALUE=DATE:20270207\n"
        "SUMMARY:春节（休）\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270220\nSUMMARY:春节（班）\n"
        "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    CHECK(extra(notice) == List{"2027-02-06 off 春节", "2027-02-20 work 春节"});
    REQUIRE(notice.remarks.size() == 1);
    CHECK(notice.remarks[0].what.zh.contains("母亲节"));
}

TEST_CASE("iCalendar: every bad event is named with its line") {
    const auto one = [](const std::string& lines) { return checked(ics_of(event(lines))); };
    // Six events of four lines stand before, and two lines of the calendar.
    const std::string place = "第27行";
    CHECK(has_problem(one("SUMMARY:春节放假\r\n"), place, "DTSTART"));
    CHECK(has_problem(one("DTSTART:2027-02-06\r\nSUMMARY:春节放假\r\n"), place, "DTSTART"));
    CHECK(has_problem(one("DTSTART:20270230\r\nSUMMARY:春节放假\r\n"), place, "DTSTART"));
    const auto run = [&](const std::string& end) {
        return one("DTSTART:20270206\r\nDTEND:" + end + "\r\nSUMMARY:春节放假\r\n");
    };
    CHECK(has_problem(run("20270205"), place, "DTEND"));
    CHECK(has_problem(run("soon"), place, "DTEND"));
    CHECK(has_problem(run("20280206"), place, "一个月"));
    CHECK(has_problem(one("DTSTART:20270206\r\nSUMMARY:春节\r\n"), place, "看不出"));
    CHECK(has_problem(
        one("DTSTART:20270206\r\nSUMMARY:春节\r\nDESCRIPTION:6日放假，20日上班\r\n"),
        place,
        "看不出"
    ));
    CHECK(has_problem(checked("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"), "第3行", "配对"));
    CHECK(has_problem(checked("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"), "文件", "END:VEVENT"));
    CHECK(has_problem(checked("END:VEVENT\nBEGIN:VCALENDAR\n"), "第1行", "配对"));
}

TEST_CASE("a notice replaces its own years and leaves the others alone") {
    sla::CalendarData data;
    data.version = 4;
    data.years = {2026y, 2027y};
    data.rules = {
        {day("2026-10-01"), true, "国庆节"},
        {day("2026-12-31"), true, "元旦"},  // of the notice of 2027
        {day("2027-01-01"), true, "节"},
        {day("2027-01-02"), true, "节"},
        {day("2027-05-01"), true, "劳动节"},
        {day("2027-12-31"), true, "元旦"},  // of the notice of 2028
    };
    const auto amendment = amended(data, checked(json_of("")));
    CHECK(amendment.new_years.empty());
    CHECK(amendment.data.version == 4);
    CHECK(
        amendment.changes ==
        std::vector<DayChange>{
            {DayChange::Kind::removed, {day("2026-12-31"), true, "元旦"}},
            {DayChange::Kind::removed, {day("2027-01-02"), true, "节"}},
            {DayChange::Kind::changed, {day("2027-05-01"), true, "节"}},
            {DayChange::Kind::added, {day("2027-05-02"), true, "节"}},
            {DayChange::Kind::added, {day("2027-10-01"), true, "节"}},
            {DayChange::Kind::added, {day("2027-10-02"), true, "节"}},
            {DayChange::Kind::added, {day("2027-10-03"), true, "节"}},
        }
    );
    CHECK(amendment.data.rules.front().date == day("2026-10-01"));
    CHECK(amendment.data.rules.back().date == day("2027-12-31"));
    CHECK(amended(amendment.data, checked(json_of(""))).empty());

    const auto next = amended(data, checked(json_of("", "2028")));
    CHECK(next.new_years == std::vector{2028y});
    CHECK(next.data.years == std::vector{2026y, 2027y, 2028y});
    CHECK_FALSE(next.empty());
}
