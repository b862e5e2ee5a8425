#include "server/calendar/hours_file.hpp"

#include "server/calendar/calendar_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hotline::calendar {
namespace {

namespace json = boost::json;
using mysql::NamedCalendar;
using mysql::UnitCalendar;

json::value parsed(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    boost::system::error_code error;
    auto value = json::parse(json::string_view{bytes.data(), bytes.size()}, error);
    return error ? json::value{} : value;
}

void read_calendars_of(const json::object& file, Proposal& proposal) {
    proposal.version.named.clear();
    const auto& calendars = file.at("calendars");
    if (!calendars.is_object())
        return proposal.problems.push_back({"calendars", {"应为对象", "an object is expected"}});
    for (const auto& [key, value] : calendars.get_object()) {
        NamedCalendar calendar{std::string{key}, json::serialize(value)};
        const std::string place = "calendars." + calendar.name;
        const auto data = named_calendar(calendar.body, proposal.version.usual);
        if (!data) proposal.problems.push_back({place, data.error().detail});
        if (key.empty() || key.size() > 40)
            proposal.problems.push_back(
                {place, {"名称应为1至40个字", "a name has 1 to 40 characters"}}
            );
        proposal.version.named.push_back(std::move(calendar));
    }
    std::ranges::sort(proposal.version.named, {}, &NamedCalendar::name);
}

void read_unit(
    std::string_view code,
    const json::value& value,
    const ticketing::Directory& directory,
    Proposal& proposal
) {
    const std::string place = fmt::format("units.{}", code);
    const auto* unit = directory.unit_by_code(code);
    if (unit == nullptr)
        return proposal.problems.push_back({place, {"没有这个单位", "there is no such unit"}});
    const std::string name = value.is_string() ? std::string{value.get_string()} : std::string{};
    const auto& named = proposal.version.named;
    if (std::ranges::find(named, name, &NamedCalendar::name) == named.end() || name == usual_name) {
        return proposal.problems.push_back(
            {place, {"文件中没有这个日历", "this calendar is not in the file"}}
        );
    }
    proposal.version.units.push_back({unit->id, name});
}

void read_units(
    const json::object& file, const ticketing::Directory& directory, Proposal& proposal
) {
    proposal.version.units.clear();
    const auto* units = file.if_contains("units");
    if (units == nullptr) return;
    if (!units->is_object())
        return proposal.problems.push_back({"units", {"应为对象", "an object is expected"}});
    for (const auto& [code, value] : units->get_object()) {
        read_unit(code, value, directory, proposal);
    }
    std::ranges::sort(proposal.version.units, {}, &UnitCalendar::unit);
}

// "日历 weekend：新增" and the like.
std::vector<Words> differences(
    const mysql::CalendarVersion& before,
    const mysql::CalendarVersion& after,
    const ticketing::Directory& directory
) {
    // Calendars first, then units.
    std::map<std::pair<bool, std::string>, std::pair<std::string, std::string>> texts;
    for (const auto& [name, body] : before.named) texts[{false, name}].first = body;
    for (const auto& [name, body] : after.named) texts[{false, name}].second = body;
    const auto of_unit = [&directory](ticketing::UnitId id) {
        const auto* unit = directory.unit(id);
        return std::pair{true, unit == nullptr ? std::to_string(id.value) : unit->name};
    };
    for (const auto& [unit, name] : before.units) texts[of_unit(unit)].first = name;
    for (const auto& [unit, name] : after.units) texts[of_unit(unit)].second = name;
    std::vector<Words> lines;
    for (const auto& [whose, bodies] : texts) {
        if (bodies.first == bodies.second) continue;
        const auto& [unit, name] = whose;
        const Words done = bodies.second.empty()  ? Words{"删除", "removed"}
                           : bodies.first.empty() ? Words{"新增", "added"}
                                                  : Words{"修改", "changed"};
        lines.emplace_back(
            fmt::format("{} {}：{}", unit ? "单位" : "日历", name, done.zh),
            fmt::format("{} {}: {}", unit ? "unit" : "calendar", name, done.en)
        );
    }
    return lines;
}

}  // namespace

bool is_hours_file(std::string_view bytes) {
    const auto value = parsed(bytes);
    return value.is_object() && value.get_object().contains("calendars");
}

Result<sla::CalendarData> named_calendar(std::string_view body, const sla::CalendarData& days) {
    auto data = calendar_data(parsed(body));
    if (!data) return data;
    std::map<sla::LocalDay, sla::DayRule> rules;
    for (auto& rule : data->rules) rules.emplace(rule.date, std::move(rule));
    for (const auto& rule : days.rules) rules.emplace(rule.date, rule);
    data->rules.clear();
    for (auto& [date, rule] : rules) data->rules.push_back(std::move(rule));
    data->version = days.version;
    data->years = days.years;
    data->offset = sla::china_offset;
    return data;
}

void propose_hours(
    Proposal& proposal, std::string_view bytes, const ticketing::Directory& directory
) {
    const mysql::CalendarVersion before = proposal.version;
    const auto file = parsed(bytes);
    read_calendars_of(file.get_object(), proposal);
    read_units(file.get_object(), directory, proposal);
    proposal.hours_changes = differences(before, proposal.version, directory);
}

}  // namespace hotline::calendar
