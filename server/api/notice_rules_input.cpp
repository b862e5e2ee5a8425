#include "server/api/notice_rules_input.hpp"

#include "integrations/mysql/notice_rules_store.hpp"
#include "server/api/notice_rules_json.hpp"
#include "ticketing/json_text.hpp"

#include <boost/json/parse.hpp>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::notices::Channel;
using ticketing::notices::ChannelRule;
using ticketing::notices::Rules;

constexpr std::size_t most_lines = 100;

std::string rule_line_json(const ChannelRule& line) {
    JsonObject out;
    if (line.occasion) out.text("occasion", ticketing::name(*line.occasion));
    if (line.standing) out.text("standing", ticketing::name(*line.standing));
    if (line.urgency) out.text("urgency", ticketing::name(*line.urgency));
    return out.raw("without", channel_names_json(line.without)).str();
}

ChannelRule read_rule_line(Fields& fields) {
    ChannelRule line;
    line.occasion = fields.name<ticketing::notices::Occasion>("occasion");
    line.standing = fields.name<ticketing::notices::Standing>("standing");
    line.urgency = fields.name<ticketing::Urgency>("urgency");
    for (const auto& word : fields.texts("without", 7)) {
        const auto channel = ticketing::from_name<Channel>(word);
        // An open page is nothing to be spared (G18).
        if (!channel || *channel == Channel::live) {
            fields.note("without", ErrorCode::not_in_list);
            break;
        }
        line.without.add(*channel);
    }
    if (!fields.has("without") || line.without.bits == 0) {
        fields.note("without", ErrorCode::missing_field);
    }
    fields.refuse_others();
    return line;
}

std::chrono::minutes read_time_of_day(Fields& fields, std::string_view field) {
    const auto text = fields.required_text(field, {.max = 5});
    const auto value = time_of_day_from(text);
    if (!text.empty() && !value) fields.note(field, ErrorCode::invalid_format);
    return value.value_or(std::chrono::minutes{});
}

}  // namespace

std::string rule_set_json(const Rules& rules) {
    JsonObject out;
    out.number("minutes_critical", rules.pace.critical.count());
    out.number("minutes_urgent", rules.pace.urgent.count());
    out.number("minutes_normal", rules.pace.normal.count());
    out.text("shift_start", clock_text(rules.pace.shift_start));
    out.number("summary_from", rules.pace.summary_from);
    out.text("quiet_from", clock_text(rules.quiet_from));
    out.text("quiet_to", clock_text(rules.quiet_to));
    return out.raw("lines", ticketing::json_array(rules.lines, rule_line_json)).str();
}

Rules read_rule_set(Fields& fields, const Rules& otherwise) {
    Rules rules = otherwise;
    using std::chrono::minutes;
    rules.pace.critical =
        minutes(fields.required_integer("minutes_critical", {.min = 1, .max = 60}));
    rules.pace.urgent = minutes(fields.required_integer("minutes_urgent", {.min = 1, .max = 240}));
    rules.pace.normal = minutes(fields.required_integer("minutes_normal", {.min = 5, .max = 2400}));
    rules.pace.shift_start = read_time_of_day(fields, "shift_start");
    rules.pace.summary_from =
        static_cast<int>(fields.required_integer("summary_from", {.min = 2, .max = 100}));
    rules.quiet_from = read_time_of_day(fields, "quiet_from");
    rules.quiet_to = read_time_of_day(fields, "quiet_to");
    rules.lines.clear();
    for (Fields& line : fields.objects("lines", most_lines))
        rules.lines.push_back(read_rule_line(line));
    fields.refuse_others();
    return rules;
}

Result<Rules> rule_set_from(std::string_view body, const Rules& otherwise) {
    boost::system::error_code wrong;
    const auto value = boost::json::parse(body, wrong);
    if (wrong || !value.is_object()) return fail(ErrorCode::internal, "notice rules unreadable");
    std::vector<FieldError> errors;
    Fields fields(value.as_object(), errors);
    Rules rules = read_rule_set(fields, otherwise);
    if (!errors.empty()) return fail(ErrorCode::internal, "notice rules: " + errors.front().field);
    return rules;
}

Result<RulesInForce> rules_in_force(mysql::Connection& db, const Rules& configured) {
    const auto stored = mysql::newer_notice_rules(db, 0);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return RulesInForce{0, configured};
    auto rules = rule_set_from((*stored)->body, configured);
    if (!rules) return std::unexpected(rules.error());
    return RulesInForce{(*stored)->version, std::move(*rules)};
}

}  // namespace hotline::api
