#include "server/calendar/local_text.hpp"
#include "server/calendar/notice.hpp"
#include "sla/date_text.hpp"

#include <boost/json/parse.hpp>

#include <fmt/format.h>

namespace hotline::calendar {
namespace {

namespace json = boost::json;

const json::value* first_of(
    const json::object& object, std::initializer_list<std::string_view> keys
) {
    for (const auto key : keys) {
        if (const auto* value = object.if_contains(key)) return value;
    }
    return nullptr;
}

std::string_view text(const json::value* value) {
    const auto* string = value == nullptr ? nullptr : value->if_string();
    return string == nullptr ? std::string_view{} : std::string_view{*string};
}

void read_day(const json::value& value, const std::string& place, int year, Notice& notice) {
    const auto* object = value.if_object();
    if (object == nullptr)
        return notice.problems.push_back({place, {"应为对象", "an object is expected"}});
    const auto date = date_of(text(object->if_contains("date")));
    if (!date)
        return notice.problems.push_back({place, {"没有这一天（date）", "there is no such date"}});
    const auto* off = first_of(*object, {"isOffDay", "off"});
    if (off == nullptr || !off->is_bool()) {
        return notice.problems.push_back(
            {place, {"isOffDay 应为 true 或 false", "isOffDay is true or false"}}
        );
    }
    const int given = static_cast<int>(sla::year_of(*date));
    const bool eve =
        given == year - 1 && std::chrono::year_month_day{*date}.month() == std::chrono::December;
    if (given != year && !eve) {
        return notice.problems.push_back(
            {place,
             {fmt::format("{}不在{}年", sla::date_text(*date), year),
              fmt::format("{} is not in {}", sla::date_text(*date), year)}}
        );
    }
    notice.days.push_back({*date, off->get_bool(), std::string{text(object->if_contains("name"))}});
}

void read_days(const json::value* value, const std::string& place, int year, Notice& notice) {
    const auto* list = value == nullptr ? nullptr : value->if_array();
    if (list == nullptr)
        return notice.problems.push_back({place, {"应为列表", "a list is expected"}});
    for (std::size_t i = 0; i < list->size(); ++i) {
        read_day((*list)[i], fmt::format("{}[{}]", place, i), year, notice);
    }
    notice.years.insert(std::chrono::year{year});
}

bool sensible(std::int64_t year) {
    return year >= 1970 && year <= 2200;
}

void read_one_year(const json::object& object, Notice& notice) {
    const auto* year = object.if_contains("year");
    if (year == nullptr || !year->is_int64() || !sensible(year->get_int64())) {
        return notice.problems.push_back(
            {"year", {"应为1970至2200的年份", "a year from 1970 to 2200 is expected"}}
        );
    }
    const auto* papers = object.if_contains("papers");
    if (papers != nullptr && papers->is_array()) {
        for (const auto& paper : papers->get_array()) notice.papers.emplace_back(text(&paper));
    }
    read_days(object.if_contains("days"), "days", static_cast<int>(year->get_int64()), notice);
}

void read_many_years(const json::object& object, Notice& notice) {
    for (const auto& [key, value] : object) {
        const std::string year{key};
        const auto new_year = date_of(year + "-01-01");
        if (!new_year || !sensible(static_cast<int>(sla::year_of(*new_year)))) {
            notice.problems.push_back(
                {year, {"应为1970至2200的年份", "a year from 1970 to 2200 is expected"}}
            );
            continue;
        }
        read_days(&value, year, static_cast<int>(sla::year_of(*new_year)), notice);
    }
}

}  // namespace

Notice read_notice_json(std::string_view bytes) {
    Notice notice;
    boost::system::error_code error;
    const auto value = json::parse(json::string_view{bytes.data(), bytes.size()}, error);
    const auto* object = error ? nullptr : value.if_object();
    if (object == nullptr) {
        notice.problems.push_back({{"文件", "the file"}, {"不是JSON对象", "is no JSON object"}});
    } else if (object->contains("days") || object->contains("year")) {
        read_one_year(*object, notice);
    } else {
        read_many_years(*object, notice);
    }
    return notice;
}

}  // namespace hotline::calendar
