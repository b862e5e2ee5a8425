#include "server/cli/replay_report.hpp"

#include "server/cli/replay_people.hpp"
#include "ticketing/label_words.hpp"

#include <boost/json/serialize.hpp>

#include <fmt/format.h>

namespace hotline::cli {
namespace {

namespace json = boost::json;

bool same_district(std::string_view expected, std::string_view got) {
    return !got.empty() && (expected.ends_with(got) || got.ends_with(expected));
}

// "12345热线中心(不予受理)": what is expected of the centre stands in brackets.
std::string_view without_brackets(std::string_view department) {
    return department.substr(0, department.find('('));
}

std::string_view mark(bool right) {
    return right ? "✓" : "✗";
}

}  // namespace

ReplayReport::ReplayReport(const ticketing::Directory& directory, bool as_json)
    : as_json_(as_json) {
    using Kind = ticketing::Division::Kind;
    for (const auto& division : directory.divisions) {
        if (division.kind == Kind::county || division.kind == Kind::zone) {
            places_.push_back(division.name);
        }
    }
    for (const auto& unit : directory.units) {
        // One zone's body is not another's counterpart.
        if (unit.level != ticketing::UnitLevel::zone) functions_[unit.name] = unit.function;
    }
}

bool ReplayReport::same_power(std::string_view expected, std::string_view got) const {
    if (same_function(expected, got, places_)) return true;
    const auto one = functions_.find(std::string{expected});
    const auto other = functions_.find(std::string{got});
    return one != functions_.end() && other != functions_.end() && !one->second.empty() &&
           one->second == other->second;
}

ReplayReport::Got ReplayReport::read(const json::object& ticket) {
    Got got;
    got.ticket_no = text_of(ticket, "ticket_no");
    got.category = ticketing::label_word(text_of(ticket, "type"));
    got.topic = text_of(ticket, "topic");
    got.department = text_of(ticket, "unit_name");
    // Nobody has it yet: it waits at the centre for a dispatcher's word.
    if (got.department.empty()) got.department = "12345热线中心";
    got.district = text_of(ticket, "division_name");
    got.urgency = text_of(ticket, "urgency");
    got.official = text_of(ticket, "official_name");
    got.handle_due = text_of(ticket, "handle_due_at");
    return got;
}

void ReplayReport::print(const ReplayAppeal& appeal, const Got& got) const {
    fmt::print("{}  {}\n", got.ticket_no, appeal.title);
    const auto line =
        [](std::string_view field, bool right, const std::string& expected, const std::string& is) {
            fmt::print("    {} {}: {} → {}\n", mark(right), field, expected, is);
        };
    line("类型", appeal.category == got.category, appeal.category, got.category);
    line("事项", appeal.topic == got.topic, appeal.topic, got.topic);
    line(
        "单位",
        same_power(without_brackets(appeal.department), got.department),
        appeal.department,
        got.department
    );
    line("属地", same_district(appeal.district, got.district), appeal.district, got.district);
    line("紧急程度", appeal.urgency == got.urgency, appeal.urgency, got.urgency);
    fmt::print("      经办人 {}，办理时限 {}\n", got.official, got.handle_due);
}

void ReplayReport::print_json(const ReplayAppeal& appeal, const Got& got) const {
    json::object expected;
    expected["category"] = appeal.category;
    expected["topic"] = appeal.topic;
    expected["department"] = appeal.department;
    expected["district"] = appeal.district;
    expected["urgency"] = appeal.urgency;
    json::object is;
    is["ticket_no"] = got.ticket_no;
    is["category"] = got.category;
    is["topic"] = got.topic;
    is["department"] = got.department;
    is["district"] = got.district;
    is["urgency"] = got.urgency;
    is["official"] = got.official;
    is["handle_due"] = got.handle_due;
    json::object line;
    line["title"] = appeal.title;
    line["expected"] = std::move(expected);
    line["got"] = std::move(is);
    fmt::print("{}\n", json::serialize(line));
}

void ReplayReport::got(const ReplayAppeal& appeal, const json::object& ticket) {
    const Got got = read(ticket);
    ++right_.appeals;
    ++tickets_;
    right_.category +=
        judged(appeal.category == got.category, "类型", appeal.category, got.category);
    right_.topic += judged(appeal.topic == got.topic, "事项", appeal.topic, got.topic);
    right_.department += judged(
        same_power(without_brackets(appeal.department), got.department),
        "单位",
        appeal.department,
        got.department
    );
    right_.district +=
        judged(same_district(appeal.district, got.district), "属地", appeal.district, got.district);
    right_.urgency +=
        judged(appeal.urgency == got.urgency, "紧急程度", appeal.urgency, got.urgency);
    if (as_json_) {
        print_json(appeal, got);
    } else {
        print(appeal, got);
    }
}

void ReplayReport::failed(const ReplayAppeal& appeal, const Error& error) {
    ++right_.appeals;
    if (as_json_) print_json(appeal, {});
    fmt::print(stderr, "✗ {}: {}\n", appeal.title, error.detail);
}

std::size_t ReplayReport::judged(
    bool as_expected, std::string_view field, const std::string& expected, const std::string& got
) {
    if (!as_expected) ++confusions_[fmt::format("{}: {} → {}", field, expected, got)];
    return as_expected ? 1 : 0;
}

int ReplayReport::finish() const {
    std::FILE* out = as_json_ ? stderr : stdout;
    fmt::print(
        out,
        "{} appeals, {} tickets; right: type {}, topic {}, unit {}, district {}, urgency {}\n",
        right_.appeals,
        tickets_,
        right_.category,
        right_.topic,
        right_.department,
        right_.district,
        right_.urgency
    );
    for (const auto& [confusion, times] : confusions_) {
        fmt::print(out, "    {} × {}\n", times, confusion);
    }
    return tickets_ == right_.appeals ? 0 : 1;
}

}  // namespace hotline::cli
