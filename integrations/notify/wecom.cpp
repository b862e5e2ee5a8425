#include "integrations/notify/wecom.hpp"

#include "integrations/notify/vendor_call.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

#include <array>

namespace hotline::notify {

namespace json = boost::json;

namespace {

// developer.work.weixin.qq.com/document/path/90313 (global return codes), read 2026-11.
constexpr std::array<long, 3> wecom_stale{40014, 42001, 41001};

Sent wecom_failed(long code) {
    Sent sent{.outcome = Outcome::refused, .detail = fmt::format("errcode {}", code)};
    switch (code) {
        case -1:    // the platform is busy
        case 6000:  // two writers met
            sent.outcome = Outcome::later;
            break;
        case 45009:  // calls a minute, an hour or a day
        case 45033:  // calls at once
            sent.outcome = Outcome::later;
            sent.retry_after = std::chrono::seconds(60);
            break;
        case 40003:  // no such member
        case 40031:
        case 60111:
        case 81013:  // nobody of the receivers is there, or may see the application
            sent.outcome = Outcome::gone;
            break;
        case 40001:   // secret
        case 40013:   // corporation
        case 40056:   // application
        case 48002:   // the interface is not ours to call
        case 60011:   // no right
        case 60020:   // our address is not on the application's list
        case 301002:  // not our application
            sent.outcome = Outcome::misconfigured;
            break;
        default:
            break;
    }
    return sent;
}

// Receivers that were left out are named although the call succeeded.
Sent wecom_accepted(const json::object& object) {
    if (!text_member(object, "invaliduser").empty()) {
        return {.outcome = Outcome::gone, .detail = "invaliduser"};
    }
    if (!text_member(object, "unlicenseduser").empty()) {
        return {.outcome = Outcome::refused, .detail = "unlicenseduser"};
    }
    return {.outcome = Outcome::accepted, .vendor_id = text_member(object, "msgid")};
}

// The same message within the interval is shown once, so a retry does no harm. Several receivers
// are separated by '|', which no member's id holds.
std::string wecom_body(std::int64_t agent_id, const Message& message) {
    return json::serialize(json::object{
        {"touser", message.address},
        {"msgtype", "textcard"},
        {"agentid", agent_id},
        {"textcard",
         json::object{
             {"title", shortened(message.title, 128)},
             {"description", shortened(message.text, 512)},
             {"url", message.url},
             {"btntxt", "查看"}
         }},
        {"enable_duplicate_check", 1},
        {"duplicate_check_interval", 1800}
    });
}

}  // namespace

Platform wecom(const WecomSettings& settings) {
    return {
        .token_url = settings.base_url +
                     "/cgi-bin/gettoken?corpid=" + percent_encoded(settings.corp_id) +
                     "&corpsecret=" + percent_encoded(settings.secret),
        .send_url = settings.base_url + "/cgi-bin/message/send?access_token=",
        .body = [agent = settings.agent_id](const Message& m) { return wecom_body(agent, m); },
        .accepted = wecom_accepted,
        .failed = wecom_failed,
        .stale_token = wecom_stale
    };
}

}  // namespace hotline::notify
