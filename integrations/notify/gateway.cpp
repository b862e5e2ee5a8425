#include "integrations/notify/gateway.hpp"

#include "integrations/notify/vendor_call.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace hotline::notify {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

using Words = std::map<std::string, std::string, std::less<>>;
using Escape = std::string (*)(std::string_view);

std::string in_json(std::string_view text) {
    const auto quoted = json::serialize(json::string(text));
    return quoted.substr(1, quoted.size() - 2);
}

std::string as_it_is(std::string_view text) {
    return std::string(text);
}

// Braces around anything but a known word stay: JSON has its own.
std::string filled(std::string_view text, const Words& words, Escape escape) {
    std::string result;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        const auto close = text.find('}');
        const auto word =
            close == std::string_view::npos ? words.end() : words.find(text.substr(1, close - 1));
        if (word != words.end()) {
            result += escape(word->second);
            text.remove_prefix(close + 1);
        } else if (!text.empty()) {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

// Digits with an optional '+'; spaces and hyphens of a directory are left out. Empty for what is no
// number.
std::string dialled(std::string_view text) {
    std::string number;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        const bool plus = c == '+' && number.empty();
        if (!plus && (c < '0' || c > '9')) return {};
        number += c;
    }
    return number.size() >= 5 && number.size() <= 16 ? number : std::string();
}

const json::value* step_into(const json::value& value, std::string_view name) {
    if (const auto* object = value.if_object()) return object->if_contains(name);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const auto* list = value.if_array();
    return list && error == std::errc{} && end == name.data() + name.size()
               ? list->if_contains(index)
               : nullptr;
}

// "data.0.code"
std::string text_at(const json::object& root, std::string_view path) {
    const auto last = path.rfind('.');
    if (last == std::string_view::npos) return text_member(root, path);
    const json::value* value = root.if_contains(path.substr(0, path.find('.')));
    auto rest = path.substr(0, last);
    while (value && rest.find('.') != std::string_view::npos) {
        rest.remove_prefix(rest.find('.') + 1);
        value = step_into(*value, rest.substr(0, rest.find('.')));
    }
    if (value) value = step_into(*value, path.substr(last + 1));
    return value ? text_member({{"it", *value}}, "it") : std::string();
}

bool is_among(const std::vector<std::string>& values, const std::string& value) {
    return std::ranges::find(values, value) != values.end();
}

}  // namespace

GatewaySender::GatewaySender(asio::any_io_executor executor, GatewaySettings settings)
    : settings_(std::move(settings)), client_(std::move(executor), settings_.limits) {}

asio::awaitable<Sent> GatewaySender::send(Message message) {
    const auto phone = dialled(message.address);
    if (phone.empty()) co_return Sent{.outcome = Outcome::gone, .detail = "no telephone number"};
    const auto own = settings_.templates.find(message.template_code);
    const auto& vendor_template =
        own == settings_.templates.end() ? settings_.default_template : own->second;
    if (vendor_template.empty()) {
        co_return Sent{
            .outcome = Outcome::refused, .detail = "no template for " + message.template_code
        };
    }
    const Words words{
        {"id", message.id},
        {"phone", phone},
        {"sign", settings_.sign},
        {"template", vendor_template},
        {"title", message.title},
        {"text", message.text},
        {"ticket", message.topic},
        {"url", message.url},
        {"secret", settings_.secret}
    };
    const bool is_json = settings_.content_type.find("json") != std::string::npos;
    http_client::Request request{
        .method = settings_.method,
        .url = filled(settings_.url, words, percent_encoded),
        .headers = {{"Content-Type", settings_.content_type}},
        .body = filled(settings_.body, words, is_json ? in_json : percent_encoded)
    };
    for (const auto& field : settings_.headers) {
        request.headers.push_back({field.name, filled(field.value, words, as_it_is)});
    }
    const auto answer = co_await client_.send(std::move(request));
    co_return answer ? read(*answer) : sent_of(answer.error());
}

Sent GatewaySender::read(const http_client::Answer& answer) const {
    const auto object = object_in(answer.body);
    const auto id = object && !settings_.id_field.empty() ? text_at(*object, settings_.id_field)
                                                          : std::string();
    const auto result = object && !settings_.result_field.empty()
                            ? text_at(*object, settings_.result_field)
                            : std::string();
    Sent sent{.vendor_id = id, .detail = "result " + shortened(result, 40)};
    // What the body says goes before the status: some answer 200 to everything.
    if (is_among(settings_.later_values, result)) return sent.outcome = Outcome::later, sent;
    if (is_among(settings_.gone_values, result)) return sent.outcome = Outcome::gone, sent;
    if (is_among(settings_.broken_values, result))
        return sent.outcome = Outcome::misconfigured, sent;
    if (answer.status < 200 || answer.status >= 300) return sent_of_status(answer);
    const bool accepted =
        settings_.result_field.empty() || is_among(settings_.accepted_values, result);
    sent.outcome = accepted ? Outcome::accepted : Outcome::refused;
    if (accepted) sent.detail.clear();
    return sent;
}

}  // namespace hotline::notify
