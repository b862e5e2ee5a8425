#include "server/api/notice_rules_json.hpp"

#include "server/api/dto.hpp"
#include "server/api/notice_rules_input.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/notices/texts.hpp"
#include "ticketing/notices/told_by.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::notices::Case;
using ticketing::notices::Channel;
using ticketing::notices::Channels;
using ticketing::notices::Language;
using ticketing::notices::Occasion;
using ticketing::notices::Preferences;
using ticketing::notices::Rules;
using ticketing::notices::Standing;

// Those a person may choose; an open page and a call about a critical ticket are not his to refuse.
constexpr Channel of_choice[] = {
    Channel::web_push, Channel::wecom, Channel::dingtalk, Channel::sms, Channel::email
};

std::string both(std::string_view zh, std::string_view en) {
    return JsonObject().text("zh", zh).text("en", en).str();
}

std::string template_json(Occasion occasion, Standing standing) {
    const auto zh = template_of(occasion, standing, Language::chinese);
    const auto en = template_of(occasion, standing, Language::english);
    JsonObject out;
    return out.raw("title", both(zh.title, en.title)).raw("body", both(zh.body, en.body)).str();
}

std::string ways_json(const std::vector<Channels>& ways) {
    return ticketing::json_array(ways, channel_names_json);
}

std::string telling_json(
    const Rules& rules, Occasion occasion, Standing standing, Channels configured
) {
    const auto way = [&](const auto& entry) {
        const Case of{occasion, standing, entry.first};
        JsonObject line;
        line.text("urgency", entry.second);
        return line.raw("channels", ways_json(ways_of(rules, of, configured))).str();
    };
    JsonObject out;
    out.text("standing", ticketing::name(standing));
    out.text("weight", ticketing::name(weight_of(occasion, standing)));
    out.raw("template", template_json(occasion, standing));
    return out.raw("ways", ticketing::json_array(names_of(ticketing::Urgency{}), way)).str();
}

std::string occasion_json(const Rules& rules, Occasion occasion, Channels configured) {
    const auto standings = standings_of(occasion);
    const Standing first = standings.front();
    const auto zh = template_of(occasion, first, Language::chinese);
    const auto en = template_of(occasion, first, Language::english);
    JsonObject out;
    out.text("occasion", ticketing::name(occasion));
    out.text("weight", ticketing::name(weight_of(occasion)));
    out.raw("of_a_ticket", is_of_a_ticket(occasion) ? "true" : "false");
    out.raw("title", both(zh.title, en.title)).raw("body", both(zh.body, en.body));
    out.raw("tellings", ticketing::json_array(standings, [&](Standing standing) {
                return telling_json(rules, occasion, standing, configured);
            }));
    return out.str();
}

std::string telling_act_json(ticketing::Act act, std::string_view word) {
    JsonObject out;
    out.text("act", word);
    out.raw("tells", ticketing::json_array(ticketing::notices::told_by(act), [](const auto& way) {
                JsonObject line;
                line.text("occasion", ticketing::name(way.occasion));
                return line.text("standing", ticketing::name(way.standing)).str();
            }));
    return out.str();
}

std::string pace_json(ticketing::Urgency urgency, std::chrono::minutes minutes) {
    JsonObject out;
    out.text("urgency", ticketing::name(urgency)).number("minutes", minutes.count());
    return out.raw("working_time", urgency == ticketing::Urgency::normal ? "true" : "false").str();
}

std::string case_json(const Case& of, JsonObject out) {
    out.text("occasion", ticketing::name(of.occasion));
    out.text("standing", ticketing::name(of.standing));
    return out.text("urgency", ticketing::name(of.urgency)).str();
}

}  // namespace

std::string clock_text(std::chrono::minutes time) {
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string channel_names_json(Channels channels) {
    std::string names = "[";
    for (const auto& [channel, word] : names_of(Channel{})) {
        if (!channels.has(channel)) continue;
        if (names.size() > 1) names += ',';
        names += ticketing::json_string(word);
    }
    return names + "]";
}

std::string push_key_json(const NoticeSetting& setting) {
    JsonObject out;
    out.text("public_key", setting.push_key);
    return out.raw("channels", channel_names_json(setting.channels)).str();
}

std::string notice_rules_json(Channels configured, std::uint32_t version, const Rules& rules) {
    using ticketing::Urgency;
    const auto& pace = rules.pace;
    const std::string minutes = "[" + pace_json(Urgency::critical, pace.critical) + "," +
                                pace_json(Urgency::urgent, pace.urgent) + "," +
                                pace_json(Urgency::normal, pace.normal) + "]";
    JsonObject out;
    out.number("version", version).raw("rules", rule_set_json(rules));
    out.text("shift_start", clock_text(pace.shift_start));
    out.raw("channels", channel_names_json(configured)).raw("minutes_to_next", minutes);
    out.raw("occasions", ticketing::json_array(names_of(Occasion{}), [&](const auto& entry) {
                return occasion_json(rules, entry.first, configured);
            }));
    out.raw("acts", ticketing::json_array(names_of(ticketing::Act{}), [](const auto& entry) {
                return telling_act_json(entry.first, entry.second);
            }));
    return out.str();
}

std::string foreseen_json(const ticketing::notices::ForeseenCourse& foreseen) {
    const auto step_json = [](const ticketing::notices::CourseStep& step) {
        JsonObject out;
        out.text("at", to_text(step.at)).raw("channels", channel_names_json(step.send));
        return out.raw("held", step.held ? "true" : "false").str();
    };
    JsonObject out;
    out.raw("steps", ticketing::json_array(foreseen.steps, step_json));
    out.text("ending", ticketing::name(foreseen.ending));
    return out.text("ended_at", to_text(foreseen.ended_at)).str();
}

std::string changed_ways_json(const Rules& before, const Rules& after, Channels configured) {
    std::string changed = "[";
    for (const Case& of : ticketing::notices::all_cases()) {
        const auto was = ways_of(before, of, configured);
        const auto is = ways_of(after, of, configured);
        if (was == is) continue;
        if (changed.size() > 1) changed += ',';
        JsonObject line;
        line.raw("before", ways_json(was)).raw("after", ways_json(is));
        changed += case_json(of, std::move(line));
    }
    return changed + "]";
}

std::string preferences_json(const Preferences& preferences) {
    JsonObject channels;
    for (const Channel channel : of_choice) {
        channels.raw(ticketing::name(channel), preferences.wanted.has(channel) ? "true" : "false");
    }
    JsonObject out;
    out.text("quiet_from", clock_text(preferences.quiet_from));
    out.text("quiet_to", clock_text(preferences.quiet_to));
    out.text("language", preferences.language == Language::english ? "en" : "zh-CN");
    return out.raw("channels", channels.str()).str();
}

std::optional<std::chrono::minutes> time_of_day_from(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t at : {0U, 1U, 3U, 4U}) {
        if (digit(at) < 0 || digit(at) > 9) return std::nullopt;
    }
    const int hours = digit(0) * 10 + digit(1);
    const int minutes = digit(3) * 10 + digit(4);
    if (hours > 23 || minutes > 59) return std::nullopt;
    return std::chrono::minutes(hours * 60 + minutes);
}

Result<Preferences> read_preferences_body(const http::Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    Preferences read;
    const auto time = [&](std::string_view field) {
        const auto text = fields.required_text(field, {.max = 5});
        const auto value = time_of_day_from(text);
        if (!text.empty() && !value) fields.note(field, ErrorCode::invalid_format);
        return value.value_or(std::chrono::minutes{});
    };
    read.quiet_from = time("quiet_from");
    read.quiet_to = time("quiet_to");
    const auto language = fields.required_text("language", {.max = 5});
    if (language == "en") {
        read.language = Language::english;
    } else if (!language.empty() && language != "zh-CN") {
        fields.note("language", ErrorCode::not_in_list, "zh-CN, en");
    }
    read.wanted = ticketing::notices::Channels::of({Channel::live, Channel::voice});
    if (auto channels = fields.object("channels")) {
        for (const Channel channel : of_choice) {
            if (channels->required_flag(ticketing::name(channel))) read.wanted.add(channel);
        }
        channels->refuse_others();
    } else if (!fields.has("channels")) {
        fields.note("channels", ErrorCode::missing_field);
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return read;
}

}  // namespace hotline::api
