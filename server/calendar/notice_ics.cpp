#include "server/calendar/local_text.hpp"
#include "server/calendar/notice.hpp"

#include <fmt/format.h>

#include <optional>

// What published files of Chinese holidays look like: all-day events with an exclusive DTEND, with
// a DTEND equal to DTSTART, or without any; make-up days also as events with hours (T090000);
// feasts without a day off among them; descriptions that name days off and make-up days in one
// sentence.
namespace hotline::calendar {
namespace {

using std::chrono::days;

struct Line {
    std::size_t number = 0;  // of its first part
    std::string text;
};

// Long lines are folded: a line that begins with a blank goes on the one before (RFC 5545 3.1).
std::vector<Line> unfolded(std::string_view bytes) {
    std::vector<Line> lines;
    for (std::size_t number = 1; !bytes.empty(); ++number) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!lines.empty() && (line.starts_with(' ') || line.starts_with('\t'))) {
            lines.back().text += line.substr(1);
        } else {
            lines.push_back({number, std::string{line}});
        }
    }
    return lines;
}

struct Event {
    std::size_t line = 0;
    std::string start, end, summary, description, special;
    bool repeats = false;
};

// "DTSTART;VALUE=DATE:20270101" → name "DTSTART", value "20270101".
std::pair<std::string_view, std::string_view> property(std::string_view line) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::size_t name_end = std::min(line.find(';'), colon);
    return {line.substr(0, name_end), line.substr(std::min(colon + 1, line.size()))};
}

void take(Event& event, std::string_view name, std::string_view value) {
    if (name == "DTSTART") event.start = value;
    if (name == "DTEND") event.end = value;
    if (name == "SUMMARY") event.summary = value;
    if (name == "DESCRIPTION") event.description = value;
    if (name == "X-APPLE-SPECIAL-DAY") event.special = value;
    if (name == "RRULE") event.repeats = true;
}

// "20270101", "20270101T090000" or, in UTC, "20261231T160000Z": local time.
std::optional<LocalSeconds> local_of(std::string_view text) {
    const bool utc = text.ends_with('Z');
    if (utc) text.remove_suffix(1);
    if (text.size() != 8 && text.size() != 15) return std::nullopt;
    const auto time = text.size() == 8 ? std::string_view{"T000000"} : text.substr(8);
    const auto local = local_time_of(fmt::format(
        "{}-{}-{}{}:{}:{}",
        text.substr(0, 4),
        text.substr(4, 2),
        text.substr(6, 2),
        time.substr(0, 3),
        time.substr(3, 2),
        time.substr(5, 2)
    ));
    if (!local || !utc) return local;
    return *local + sla::china_offset;
}

bool has(std::string_view text, std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
        if (text.contains(word)) return true;
    }
    return false;
}

// Off, worked, or neither. 调休 alone names a make-up day where 放假 does not stand beside it.
std::optional<bool> off_by(std::string_view text) {
    const bool works = has(text, {"补班", "上班", "班）", "(班)", "工作日"});
    const bool off = has(text, {"放假", "假期", "休）", "(休)", "休假", "休息"});
    if (works != off) return off;
    if (!works && text.contains("调休")) return false;
    return std::nullopt;
}

std::optional<bool> is_off(const Event& event) {
    if (event.special == "WORK-HOLIDAY") return true;
    if (event.special == "ALTERNATE-WORKDAY") return false;
    const auto by_summary = off_by(event.summary);
    return by_summary ? by_summary : off_by(event.description);
}

// "春节（休）", "春节 补班 第1天/共2天" → "春节".
std::string feast(std::string_view summary) {
    constexpr std::string_view ends[] = {
        "（", "(", " ", "放假", "假期", "补班", "上班", "调休", "休假", "休息"
    };
    std::size_t end = summary.size();
    for (const auto word : ends) end = std::min(end, summary.find(word));
    return std::string{summary.substr(0, end)};
}

Words line(std::size_t number) {
    return {fmt::format("第{}行", number), fmt::format("line {}", number)};
}

// `marked`: some event of the file carries Apple's mark, so one without it is just a feast.
void read_event(const Event& event, bool marked, Notice& notice) {
    const Words place = line(event.line);
    const auto start = local_of(event.start);
    if (!start)
        return notice.problems.push_back({place, {"DTSTART 不是日期", "DTSTART is no date"}});
    const auto end = event.end.empty() ? start : local_of(event.end);
    if (!end || *end < *start)
        return notice.problems.push_back(
            {place, {"DTEND 不是其后的日期", "DTEND is no date after it"}}
        );
    if (*end - *start > days{31})
        return notice.problems.push_back({place, {"超过一个月", "longer than a month"}});
    const bool by_mark = marked && event.special.empty();
    const auto off = by_mark ? std::nullopt : is_off(event);
    if (!off && by_mark)
        return notice.remarks.push_back(
            {place, {event.summary + "：不放假，略过", event.summary + ": no day off, left out"}}
        );
    if (!off) {
        return notice.problems.push_back(
            {place,
             {event.summary + "：看不出是放假还是补班",
              event.summary + ": neither a day off nor a make-up workday"}}
        );
    }
    if (event.repeats)
        return notice.problems.push_back(
            {place, {"重复的日程（RRULE）不能导入", "repeating events (RRULE) cannot be imported"}}
        );
    const auto last = *end > *start ? *end - std::chrono::seconds{1} : *start;
    for (auto day = std::chrono::floor<days>(*start); day <= last; day += days{1}) {
        notice.days.push_back({day, *off, feast(event.summary)});
    }
}

std::vector<Event> events_of(std::string_view bytes, Notice& notice) {
    std::vector<Event> events;
    std::vector<std::string> inside;
    for (const auto& [number, text] : unfolded(bytes)) {
        const auto [name, value] = property(text);
        if (name == "BEGIN") {
            inside.emplace_back(value);
            if (value == "VEVENT") events.push_back({.line = number});
        } else if (name == "END") {
            if (inside.empty() || inside.back() != value) {
                notice.problems.push_back(
                    {line(number), {"END 与 BEGIN 不配对", "END without its BEGIN"}}
                );
                return events;
            }
            inside.pop_back();
        } else if (!inside.empty() && inside.back() == "VEVENT") {
            take(events.back(), name, value);
        }
    }
    if (!inside.empty())
        notice.problems.push_back(
            {{"文件", "the file"},
             {"不完整：缺少 END:" + inside.back(),
              "is cut off: END:" + inside.back() + " is missing"}}
        );
    return events;
}

}  // namespace

Notice read_notice_ics(std::string_view bytes) {
    Notice notice;
    if (!bytes.contains("BEGIN:VCALENDAR")) {
        notice.problems.push_back(
            {{"文件", "the file"}, {"既不是JSON也不是iCalendar", "is neither JSON nor iCalendar"}}
        );
        return notice;
    }
    const auto events = events_of(bytes, notice);
    bool marked = false;
    for (const auto& event : events) marked = marked || !event.special.empty();
    for (const auto& event : events) read_event(event, marked, notice);
    return notice;
}

}  // namespace hotline::calendar
