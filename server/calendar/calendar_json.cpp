#include "server/calendar/calendar_json.hpp"

#include "server/calendar/local_text.hpp"
#include "server/calendar/wrong.hpp"

#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace hotline::calendar {
namespace {

namespace json = boost::json;
using sla::CalendarData;
using sla::LocalDay;
using sla::OfficeHours;
using sla::Opening;

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view text(const json::value& value) {
    const auto* string = value.if_string();
    return string == nullptr ? std::string_view{} : std::string_view{*string};
}

std::size_t weekday_of(std::string_view word) {
    return static_cast<std::size_t>(std::ranges::find(weekdays, word) - weekdays.begin());
}

Result<Opening> opening_of(const json::value& value, std::string_view place) {
    const auto* pair = value.if_array();
    if (pair == nullptr || pair->size() != 2) return wrong(place, "expected [\"09:00\",\"12:00\"]");
    const auto from = time_of_day_of(text(pair->front()));
    const auto to = time_of_day_of(text(pair->back()));
    if (!from || !to) return wrong(place, "times are 00:00 to 24:00");
    if (*to <= *from) return wrong(place, "the end must be after the beginning");
    return Opening{*from, *to};
}

Result<OfficeHours> hours_of(const json::value& value, const std::string& place) {
    const auto* list = value.if_array();
    if (list == nullptr) return wrong(place, "expected a list of intervals");
    OfficeHours hours;
    for (const auto& item : *list) {
        const auto opening = opening_of(item, place);
        if (!opening) return std::unexpected(opening.error());
        hours.push_back(*opening);
    }
    std::ranges::sort(hours, {}, &Opening::from);
    const auto overlap = [](const Opening& a, const Opening& b) { return b.from < a.to; };
    if (std::ranges::adjacent_find(hours, overlap) != hours.end()) {
        return wrong(place, "intervals overlap");
    }
    return hours;
}

Result<void> read_week(const json::value& value, CalendarData& data) {
    const auto* object = value.if_object();
    if (object == nullptr) return wrong("week", "expected an object of weekdays");
    for (const auto& [key, list] : *object) {
        const std::size_t weekday = weekday_of(key);
        const std::string place = "week." + std::string{key};
        if (weekday == weekdays.size()) return wrong(place, "weekdays are mon … sun");
        auto hours = hours_of(list, place);
        if (!hours) return std::unexpected(hours.error());
        data.week[weekday] = std::move(*hours);
    }
    return {};
}

Result<std::set<LocalDay>> dates_of(const json::object& object, std::string_view key) {
    std::set<LocalDay> dates;
    const auto* value = object.if_contains(key);
    if (value == nullptr) return dates;
    const auto* list = value->if_array();
    if (list == nullptr) return wrong(key, "expected a list of dates");
    for (const auto& item : *list) {
        const auto date = date_of(text(item));
        if (!date) return wrong(key, fmt::format("no such date: {}", json::serialize(item)));
        dates.insert(*date);
    }
    return dates;
}

Result<void> read_days(const json::object& object, CalendarData& data) {
    const auto holidays = dates_of(object, "holidays");
    if (!holidays) return std::unexpected(holidays.error());
    const auto workdays = dates_of(object, "workdays");
    if (!workdays) return std::unexpected(workdays.error());
    for (const auto date : *holidays) data.rules.push_back({date, true, {}});
    for (const auto date : *workdays) {
        if (!holidays->contains(date)) data.rules.push_back({date, false, {}});
    }
    return {};
}

Result<void> read_date_hours(const json::object& object, CalendarData& data) {
    const auto* value = object.if_contains("date_hours");
    if (value == nullptr) return {};
    const auto* dates = value->if_object();
    if (dates == nullptr) return wrong("date_hours", "expected an object of dates");
    for (const auto& [key, list] : *dates) {
        const std::string place = "date_hours." + std::string{key};
        const auto date = date_of(key);
        if (!date) return wrong(place, "no such date");
        auto hours = hours_of(list, place);
        if (!hours) return std::unexpected(hours.error());
        data.date_hours.push_back({*date, std::move(*hours)});
    }
    return {};
}

Result<void> read_working_weekdays(const json::object& object, CalendarData& data) {
    data.working_weekdays.reset();
    const auto* value = object.if_contains("working_weekdays");
    if (value == nullptr) return {};
    const auto* list = value->if_array();
    if (list == nullptr) return wrong("working_weekdays", "expected a list of weekdays");
    data.working_weekdays.emplace().fill(false);
    for (const auto& item : *list) {
        const std::size_t weekday = weekday_of(text(item));
        if (weekday == weekdays.size()) return wrong("working_weekdays", "weekdays are mon … sun");
        (*data.working_weekdays)[weekday] = true;
    }
    return {};
}

Result<void> read_offset(const json::object& object, CalendarData& data) {
    const auto* value = object.if_contains("tz_offset_minutes");
    if (value == nullptr) return {};
    const auto* offset = value->if_int64();
    if (offset == nullptr || *offset <= -1440 || *offset >= 1440) {
        return wrong("tz_offset_minutes", "expected whole minutes, less than a day");
    }
    data.offset = std::chrono::minutes{*offset};
    return {};
}

}  // namespace

Result<CalendarData> calendar_data(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr) return wrong("calendar", "expected an object");
    const auto* week = object->if_contains("week");
    if (week == nullptr) return wrong("calendar", "week is missing");
    CalendarData data;
    data.week.fill({});
    if (auto read = read_week(*week, data); !read) return std::unexpected(read.error());
    for (const auto read : {read_days, read_date_hours, read_working_weekdays, read_offset}) {
        if (auto done = read(*object, data); !done) return std::unexpected(done.error());
    }
    return data;
}

}  // namespace hotline::calendar
