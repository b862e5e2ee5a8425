#include "integrations/notify/vendor_call.hpp"

#include "integrations/http/retry_after.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

namespace hotline::notify {

namespace json = boost::json;

Sent sent_of(http_client::Fault fault) {
    using http_client::Fault;
    const bool ours = fault == Fault::bad_url || fault == Fault::not_allowed;
    return {
        .outcome = ours ? Outcome::misconfigured : Outcome::later,
        .detail = std::string(http_client::name(fault))
    };
}

Sent sent_of_status(const http_client::Answer& answer) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Sent sent{.outcome = Outcome::refused, .detail = fmt::format("status {}", answer.status)};
    if (answer.status == 429 || answer.status == 408 || answer.status >= 500) {
        sent.outcome = Outcome::later;
        sent.retry_after = http_client::retry_after(answer, now);
    } else if (answer.status == 401 || answer.status == 403) {
        sent.outcome = Outcome::misconfigured;
    }
    return sent;
}

std::optional<json::object> object_in(const std::string& body) {
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::string text_member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return {};
    if (const auto* text = value->if_string()) return std::string(*text);
    if (const auto* number = value->if_int64()) return std::to_string(*number);
    if (const auto* number = value->if_uint64()) return std::to_string(*number);
    if (const auto* truth = value->if_bool()) return *truth ? "true" : "false";
    return {};
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string result;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            result += c;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

std::string shortened(std::string text, std::size_t bytes) {
    constexpr std::string_view ellipsis = "…";
    if (text.size() <= bytes) return text;
    std::size_t end = bytes - ellipsis.size();
    // A byte 10xxxxxx goes on with the character before it (RFC 3629).
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
    return text += ellipsis;
}

}  // namespace hotline::notify
