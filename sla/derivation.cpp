#include "sla/derivation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace hotline::sla {

namespace {

using std::string;
using std::string_view;
using std::chrono::days;

void add_day(std::vector<DayRun>& runs, const DayRule& rule) {
    const bool continues =
        !runs.empty() && runs.back().name == rule.name && runs.back().last + days{1} == rule.date;
    if (continues) {
        runs.back().last = rule.date;
    } else {
        runs.push_back({rule.date, rule.date, rule.name});
    }
}

string two_digits(unsigned value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

string month_day(LocalDay day) {
    const std::chrono::year_month_day date{day};
    return two_digits(unsigned{date.month()}) + "-" + two_digits(unsigned{date.day()});
}

string minute_text(Instant at) {
    const LocalDay day = local_day(at);
    const std::chrono::hh_mm_ss time{time_of_day(at)};
    return std::to_string(int{year_of(day)}) + "-" + month_day(day) + " " +
           two_digits(static_cast<unsigned>(time.hours().count())) + ":" +
           two_digits(static_cast<unsigned>(time.minutes().count()));
}

string counted(std::int64_t amount, string_view one, string_view many) {
    return std::to_string(amount) + " " + string{amount == 1 ? one : many};
}

// Two days and more around the clock, as the archive's or until a day somebody chose.
bool is_long(Limit limit) {
    return limit.unit == LimitUnit::natural_minutes && limit.amount > 2 * 1440;
}

string long_zh(std::int32_t minutes) {
    string text = std::to_string(minutes / 1440) + " 天";
    if (minutes % 1440 >= 60) text += " " + std::to_string(minutes % 1440 / 60) + " 小时";
    if (minutes % 60 != 0) text += " " + std::to_string(minutes % 60) + " 分钟";
    return text;
}

string long_en(std::int32_t minutes) {
    string text = counted(minutes / 1440, "day", "days");
    if (minutes % 1440 >= 60) text += " " + counted(minutes % 1440 / 60, "hour", "hours");
    if (minutes % 60 != 0) text += " " + counted(minutes % 60, "minute", "minutes");
    return text;
}

string limit_zh(Limit limit) {
    if (is_long(limit)) return long_zh(limit.amount);
    if (limit.unit == LimitUnit::working_days) {
        return std::to_string(limit.amount) + " 个工作日";
    }
    const string_view working = limit.unit == LimitUnit::working_minutes ? "工作" : "";
    if (limit.amount % 60 == 0) {
        return std::to_string(limit.amount / 60) + " 个" + string{working} + "小时";
    }
    return std::to_string(limit.amount) + " " + string{working} + "分钟";
}

string limit_en(Limit limit) {
    if (is_long(limit)) return long_en(limit.amount);
    if (limit.unit == LimitUnit::working_days) {
        return counted(limit.amount, "working day", "working days");
    }
    const bool working = limit.unit == LimitUnit::working_minutes;
    if (limit.amount % 60 == 0) {
        return counted(
            limit.amount / 60,
            working ? "working hour" : "hour",
            working ? "working hours" : "hours"
        );
    }
    return counted(
        limit.amount, working ? "working minute" : "minute", working ? "working minutes" : "minutes"
    );
}

constexpr std::array<std::pair<string_view, string_view>, 7> feasts{{
    {"元旦", "New Year"},
    {"春节", "Spring Festival"},
    {"清明节", "Qingming"},
    {"劳动节", "Labour Day"},
    {"端午节", "Dragon Boat Festival"},
    {"中秋节", "Mid-Autumn"},
    {"国庆节", "National Day"},
}};

// Notices join feasts that fall together with "、"; an unknown name stays as it is.
string feast_en(string_view name) {
    constexpr string_view joint = "、";
    if (const auto at = name.find(joint); at != string_view::npos) {
        return feast_en(name.substr(0, at)) + " and " + feast_en(name.substr(at + joint.size()));
    }
    for (const auto& [zh, en] : feasts) {
        if (zh == name) return string{en};
    }
    return string{name};
}

struct Words {
    string_view to;
    string_view comma;
    bool english;
};

string runs_text(const std::vector<DayRun>& runs, const Words& words) {
    string text;
    for (const auto& run : runs) {
        if (!text.empty()) text += words.comma;
        text += (words.english ? feast_en(run.name) : run.name) + " " + month_day(run.first);
        if (run.last != run.first) text += string{words.to} + month_day(run.last);
    }
    return text;
}

string skipped_zh(const Derivation& d) {
    string text = runs_text(d.days_off, {" 至 ", "、", false});
    if (d.weekend_days > 0) {
        if (!text.empty()) text += "、";
        text += "周末 " + std::to_string(d.weekend_days) + " 天";
    }
    return text;
}

string skipped_en(const Derivation& d) {
    string text = runs_text(d.days_off, {" to ", ", ", true});
    if (d.weekend_days > 0) {
        if (!text.empty()) text += ", ";
        text += counted(d.weekend_days, "weekend day", "weekend days");
    }
    return text;
}

}  // namespace

Derivation derive(const Clock& clock, const Calendar& calendar) {
    Derivation d;
    d.limit = clock.limit;
    d.started_at = clock.started_at;
    d.due_at = clock.due_at;
    d.pauses = clock.pauses;
    d.extensions = clock.extensions;
    d.reckoned_with = clock.calendar_version;
    d.explained_with = calendar.version();
    d.policy_version = clock.policy_version;
    d.beyond_known_calendar = clock.beyond_known_calendar;
    if (clock.limit.unit == LimitUnit::natural_minutes) return d;
    // The day of arrival counts for office hours but never for working days (S3).
    LocalDay day = local_day(clock.started_at);
    if (clock.limit.unit == LimitUnit::working_days) day += days{1};
    for (; day <= local_day(clock.due_at); day += days{1}) {
        if (const auto* rule = calendar.rule(day)) {
            if (rule->off) {
                add_day(d.days_off, *rule);
            } else {
                add_day(d.make_up, *rule);
            }
        } else if (!is_weekday(day)) {
            ++d.weekend_days;
        }
    }
    return d;
}

string explain_zh(const Derivation& d) {
    string text = "自 " + minute_text(d.started_at) + " 起 " + limit_zh(d.limit);
    for (const auto& extension : d.extensions) text += "，延期 " + limit_zh(extension.granted);
    text += "，" + minute_text(d.due_at) + " 到期。";
    if (const auto skipped = skipped_zh(d); !skipped.empty()) text += "不计 " + skipped + "。";
    if (!d.make_up.empty()) {
        text += "调休上班计入：" + runs_text(d.make_up, {" 至 ", "、", false}) + "。";
    }
    for (const auto& pause : d.pauses) {
        text += "暂停：" + minute_text(pause.from) + " 起";
        text += pause.until ? "，" + minute_text(*pause.until) + " 止。" : "，尚未恢复。";
    }
    if (d.beyond_known_calendar) {
        text += "其中有年份的放假安排尚未载入，暂按周一至周五计算，载入后须重新核算。";
    }
    if (d.reckoned_with != d.explained_with) {
        text += "到期时间按第 " + std::to_string(d.reckoned_with) + " 版日历给出，现行第 " +
                std::to_string(d.explained_with) + " 版。";
    }
    return text;
}

string explain_en(const Derivation& d) {
    string text = limit_en(d.limit) + " from " + minute_text(d.started_at);
    for (const auto& extension : d.extensions) {
        text += ", extended by " + limit_en(extension.granted);
    }
    text += ", due " + minute_text(d.due_at) + ".";
    if (const auto skipped = skipped_en(d); !skipped.empty())
        text += " Not counted: " + skipped + ".";
    if (!d.make_up.empty()) {
        text += " Make-up workdays counted: " + runs_text(d.make_up, {" to ", ", ", true}) + ".";
    }
    for (const auto& pause : d.pauses) {
        text += " Suspended from " + minute_text(pause.from);
        text += pause.until ? " to " + minute_text(*pause.until) + "." : ", not yet resumed.";
    }
    if (d.beyond_known_calendar) {
        text +=
            " The holidays of a year in between are not loaded; Monday to Friday is assumed "
            "until they are.";
    }
    if (d.reckoned_with != d.explained_with) {
        text += " Given with calendar version " + std::to_string(d.reckoned_with) +
                "; the current one is " + std::to_string(d.explained_with) + ".";
    }
    return text;
}

}  // namespace hotline::sla
