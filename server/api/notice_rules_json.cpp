#include "server/api/notice_rules_json.hpp"

#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/notices/texts.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::notices::Channel;
using ticketing::notices::Language;
using ticketing::notices::Occasion;
using ticketing::notices::Preferences;
using ticketing::notices::Standing;

// Those a person may choose; an open page and a call about a critical ticket are not his to refuse.
constexpr Channel of_choice[] = {
    Channel::web_push, Channel::wecom, Channel::dingtalk, Channel::sms, Channel::email
};

std::string clock_text(std::chrono::minutes time) {
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string both(std::string_view zh, std::string_view en) {
    return JsonObject().text("zh", zh).text("en", en).str();
}

Standing usual_standing(Occasion occasion) {
    const bool reader = occasion == Occasion::bulletin || occasion == Occasion::shift_summary;
    return reader ? Standing::reader : Standing::handler;
}

std::string occasion_json(Occasion occasion) {
    const auto standing = usual_standing(occasion);
    const auto zh = template_of(occasion, standing, Language::chinese);
    const auto en = template_of(occasion, standing, Language::english);
    JsonObject out;
    out.text("occasion", ticketing::name(occasion));
    out.text("weight", ticketing::name(weight_of(occasion)));
    return out.raw("title", both(zh.title, en.title)).raw("body", both(zh.body, en.body)).str();
}

std::string pace_json(ticketing::Urgency urgency, std::chrono::minutes minutes) {
    JsonObject out;
    out.text("urgency", ticketing::name(urgency)).number("minutes", minutes.count());
    return out.raw("working_time", urgency == ticketing::Urgency::normal ? "true" : "false").str();
}

std::string channels_json(const NoticeSetting& setting) {
    std::string channels = "[";
    for (const auto& [channel, word] : names_of(Channel{})) {
        if (!setting.channels.has(channel)) continue;
        if (channels.size() > 1) channels += ',';
        channels += ticketing::json_string(word);
    }
    return channels + "]";
}

}  // namespace

std::string push_key_json(const NoticeSetting& setting) {
    JsonObject out;
    return out.text("public_key", setting.push_key).raw("channels", channels_json(setting)).str();
}

std::string notice_rules_json(const NoticeSetting& setting) {
    std::string occasions = "[";
    for (const auto& [occasion, word] : names_of(Occasion{})) {
        if (occasions.size() > 1) occasions += ',';
        occasions += occasion_json(occasion);
    }
    using ticketing::Urgency;
    const auto& pace = setting.pace;
    const std::string minutes = "[" + pace_json(Urgency::critical, pace.critical) + "," +
                                pace_json(Urgency::urgent, pace.urgent) + "," +
                                pace_json(Urgency::normal, pace.normal) + "]";
    JsonObject out;
    out.text("shift_start", clock_text(pace.shift_start)).raw("channels", channels_json(setting));
    return out.raw("minutes_to_next", minutes).raw("occasions", occasions + "]").str();
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
