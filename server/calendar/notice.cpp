#include "server/calendar/notice.hpp"

#include "server/calendar/local_text.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace hotline::calendar {
namespace {

using sla::DayRule;
using sla::LocalDay;
using std::chrono::year;

// 元旦, 劳动节, 国庆节; since 2025 also 2 May. The lunar feasts move.
std::vector<LocalDay> fixed_days_off(year y) {
    using std::chrono::January, std::chrono::May, std::chrono::October;
    std::vector<LocalDay> days{
        LocalDay{y / January / 1},
        LocalDay{y / May / 1},
        LocalDay{y / October / 1},
        LocalDay{y / October / 2},
        LocalDay{y / October / 3},
    };
    if (y >= year{2025}) days.push_back(LocalDay{y / May / 2});
    return days;
}

bool is_december(LocalDay day) {
    return std::chrono::year_month_day{day}.month() == std::chrono::December;
}

Words words(const DayRule& rule) {
    const std::string day = fmt::format("{} {} ", sla::date_text(rule.date), rule.name);
    return {day + (rule.off ? "休" : "班"), day + (rule.off ? "off" : "worked")};
}

void check_one(Notice& notice, const DayRule& rule) {
    if (!rule.off && sla::is_weekday(rule.date)) {
        notice.problems.push_back(
            {words(rule), {"补班日不在周末", "a make-up workday is no weekend day"}}
        );
    }
    if (rule.name.empty() || rule.name.size() > 120) {
        notice.problems.push_back(
            {words(rule), {"节日名称应为1至40个字", "a name has 1 to 40 characters"}}
        );
    }
    const auto y = notice_year(rule);
    if (y < year{1970} || y > year{2200})
        notice.problems.push_back({words(rule), {"年份不合理", "no sensible year"}});
}

}  // namespace

year notice_year(const DayRule& rule) {
    const bool new_year = is_december(rule.date) && rule.name.contains("元旦");
    return sla::year_of(rule.date) + std::chrono::years{new_year ? 1 : 0};
}

Notice read_notice(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    const bool json = first != std::string_view::npos && bytes[first] == '{';
    return json ? read_notice_json(bytes) : read_notice_ics(bytes);
}

void check(Notice& notice) {
    std::ranges::sort(notice.days, {}, [](const DayRule& rule) {
        return std::tie(rule.date, rule.off, rule.name);
    });
    const auto same = [](const DayRule& a, const DayRule& b) { return a == b; };
    const auto repeated = std::ranges::unique(notice.days, same);
    notice.days.erase(repeated.begin(), repeated.end());
    for (std::size_t i = 1; i < notice.days.size(); ++i) {
        if (notice.days[i - 1].date == notice.days[i].date) {
            notice.problems.push_back(
                {words(notice.days[i]), {"同一天有两种说法", "the day is told in two ways"}}
            );
        }
    }
    for (const auto& rule : notice.days) {
        check_one(notice, rule);
        notice.years.insert(notice_year(rule));
    }
    if (notice.days.empty()) {
        notice.problems.push_back(
            {{"文件", "the file"},
             {"没有放假安排；国务院通知发布后再导入",
              "has no days off; import it when the State Council's notice is out"}}
        );
    }
    for (const auto y : notice.years) {
        for (const auto day : fixed_days_off(y)) {
            const auto found = std::ranges::lower_bound(notice.days, day, {}, &DayRule::date);
            if (found != notice.days.end() && found->date == day && found->off) continue;
            notice.problems.push_back(
                {sla::date_text(day),
                 {fmt::format("{}年的安排不完整：法定假日未放假", static_cast<int>(y)),
                  fmt::format(
                      "{} is not complete: a day off by law is missing", static_cast<int>(y)
                  )}}
            );
        }
    }
}

Amendment amended(sla::CalendarData data, const Notice& notice) {
    std::map<LocalDay, std::pair<const DayRule*, const DayRule*>> before_and_after;
    for (const auto& rule : data.rules) before_and_after[rule.date].first = &rule;
    for (const auto& [date, pair] : before_and_after) {
        if (!notice.years.contains(notice_year(*pair.first))) {
            before_and_after[date].second = pair.first;
        }
    }
    for (const auto& rule : notice.days) before_and_after[rule.date].second = &rule;

    Amendment result;
    std::vector<DayRule> rules;
    for (const auto& [date, pair] : before_and_after) {
        const auto [before, after] = pair;
        using Kind = DayChange::Kind;
        if (after != nullptr) rules.push_back(*after);
        if (before == nullptr) {
            result.changes.push_back({Kind::added, *after});
        } else if (after == nullptr) {
            result.changes.push_back({Kind::removed, *before});
        } else if (*before != *after) {
            result.changes.push_back({Kind::changed, *after});
        }
    }
    for (const auto y : notice.years) {
        if (std::ranges::find(data.years, y) == data.years.end()) result.new_years.push_back(y);
    }
    data.rules = std::move(rules);
    data.years.insert(data.years.end(), result.new_years.begin(), result.new_years.end());
    std::ranges::sort(data.years);
    result.data = std::move(data);
    return result;
}

}  // namespace hotline::calendar
