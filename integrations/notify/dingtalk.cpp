#include "integrations/notify/dingtalk.hpp"

#include "integrations/notify/vendor_call.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

#include <array>

namespace hotline::notify {

namespace json = boost::json;

namespace {

// open.dingtalk.com, error codes of the server API and of asyncsend_v2, read 2026-11.
constexpr std::array<long, 3> dingtalk_stale{40001, 40014, 42001};

Sent dingtalk_failed(long code) {
    Sent sent{.outcome = Outcome::refused, .detail = fmt::format("errcode {}", code)};
    switch (code) {
        case -1:     // the platform is busy
        case 15:     // the service behind it does not answer
        case 34015:  // not sent this time
            sent.outcome = Outcome::later;
            break;
        case 90002:  // calls of this interface a second
        case 90018:  // calls of all interfaces
        case 90005:
            sent.outcome = Outcome::later;
            sent.retry_after = std::chrono::seconds(60);
            break;
        case 33012:  // no such member
        case 40003:
        case 60121:
            sent.outcome = Outcome::gone;
            break;
        case 40013:  // corporation
        case 40056:  // application
        case 40089:  // key or secret
        case 40096:
        case 60011:  // no right
        case 60020:  // our address is not on the application's list
        case 52019:
            sent.outcome = Outcome::misconfigured;
            break;
        default:
            break;
    }
    return sent;
}

Sent dingtalk_accepted(const json::object& object) {
    return {.outcome = Outcome::accepted, .vendor_id = text_member(object, "task_id")};
}

// What Markdown would take for more than a letter.
std::string plain_markdown(std::string_view text) {
    constexpr std::string_view marks = R"(\`*_{}[]()#+!<>|~)";
    std::string result;
    for (const char c : text) {
        if (marks.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

// The platform drops a second message of the same words to the same member on the same day, so the
// delivery's id goes along in the link: a retry says the same, two occasions do not.
std::string dingtalk_body(std::int64_t agent_id, const Message& message) {
    const auto hash = message.url.find('#');
    const auto page = message.url.substr(0, hash);
    const auto place = hash == std::string::npos ? std::string() : message.url.substr(hash);
    const auto link = page + (page.find('?') == std::string::npos ? "?" : "&") +
                      "n=" + percent_encoded(message.id) + place;
    return json::serialize(json::object{
        {"agent_id", agent_id},
        {"userid_list", message.address},
        {"msg",
         json::object{
             {"msgtype", "action_card"},
             {"action_card",
              json::object{
                  {"title", shortened(message.title, 64)},
                  {"markdown",
                   "### " + plain_markdown(shortened(message.title, 128)) + "\n\n" +
                       plain_markdown(shortened(message.text, 1000))},
                  {"single_title", "查看"},
                  {"single_url", link}
              }}
         }}
    });
}

}  // namespace

Platform dingtalk(const DingtalkSettings& settings) {
    return {
        .token_url = settings.base_url + "/gettoken?appkey=" + percent_encoded(settings.app_key) +
                     "&appsecret=" + percent_encoded(settings.app_secret),
        .send_url =
            settings.base_url + "/topapi/message/corpconversation/asyncsend_v2?access_token=",
        .body = [agent = settings.agent_id](const Message& m) { return dingtalk_body(agent, m); },
        .accepted = dingtalk_accepted,
        .failed = dingtalk_failed,
        .stale_token = dingtalk_stale
    };
}

}  // namespace hotline::notify
