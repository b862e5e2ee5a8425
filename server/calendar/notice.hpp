#pragma once

#include "server/calendar/words.hpp"
#include "sla/calendar.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::calendar {

// A fault or remark and where: "第12行", "days[3]".
struct NoticeProblem {
    Words place;
    Words what;

    bool operator==(const NoticeProblem&) const = default;
};

// What a file says of days off and make-up workdays (S2). With any problem nothing of it may be
// used.
struct Notice {
    std::set<std::chrono::year> years;  // whose arrangement is complete in here
    std::vector<sla::DayRule> days;     // sorted by date
    std::vector<std::string> papers;    // where it was published
    std::vector<NoticeProblem> problems;
    std::vector<NoticeProblem> remarks;
};

// {"year":2027,"papers":["https://www.gov.cn/…"],"days":[{"name":"元旦","date":"2027-01-01",
// "isOffDay":true}]}, or {"2027":[{"date":…,"name":…,"off":true}],…}.
Notice read_notice_json(std::string_view bytes);
// RFC 5545 as published for telephones: one VEVENT per day or run of days, whose summary (放假, 休;
// 补班, 班), X-APPLE-SPECIAL-DAY or, when the summary says neither, description tells which.
Notice read_notice_ics(std::string_view bytes);
// Either, by its first character; not yet checked.
Notice read_notice(std::string_view bytes);

// The year whose notice rules on the day: December days of New Year belong to the next one's.
std::chrono::year notice_year(const sla::DayRule& rule);

// Adds what is wrong with the days as a whole: one date ruled twice, a make-up day in the middle of
// the week, a year without the days off that the law fixes (全国年节及纪念日放假办法 art. 2).
void check(Notice& notice);

// One line of what would change.
struct DayChange {
    enum class Kind { added, removed, changed } kind;
    sla::DayRule day;  // as it will be; as it was when removed

    bool operator==(const DayChange&) const = default;
};

struct Amendment {
    sla::CalendarData data;  // the present calendar with the notice in it; same version
    std::vector<DayChange> changes;
    std::vector<std::chrono::year> new_years;

    bool empty() const { return changes.empty() && new_years.empty(); }
};

// The notice replaces everything that was known of its years. December days of the New Year after
// belong to the next year's notice.
Amendment amended(sla::CalendarData data, const Notice& notice);

}  // namespace hotline::calendar
