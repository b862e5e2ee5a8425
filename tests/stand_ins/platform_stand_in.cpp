#include "tests/stand_ins/platform_stand_in.hpp"

#include <boost/json.hpp>

namespace hotline::test {

namespace json = boost::json;

namespace {

std::string member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<json::object> body_of(const Seen& seen) {
    boost::system::error_code error;
    auto value = json::parse(seen.body, error);
    if (error || !value.is_object()) return std::nullopt;
    return value.get_object();
}

const json::object* inner(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

bool is_number(const json::object& object, std::string_view name, std::int64_t number) {
    const auto* value = object.if_contains(name);
    return value && value->is_int64() && value->get_int64() == number;
}

Reply said(json::object object) {
    return {.body = json::serialize(object), .fields = {{"Content-Type", "application/json"}}};
}

}  // namespace

PlatformStandIn::PlatformStandIn() : http_([this](const Seen& seen) { return answer(seen); }) {}

void PlatformStandIn::expire_token() {
    const std::lock_guard lock(mutex_);
    expired_ = true;
}

void PlatformStandIn::fail_next(long errcode) {
    const std::lock_guard lock(mutex_);
    failures_.push_back(errcode);
}

void PlatformStandIn::admit(const std::string& one) {
    const std::lock_guard lock(mutex_);
    members_.insert(one);
}

unsigned PlatformStandIn::tokens_fetched() const {
    const std::lock_guard lock(mutex_);
    return tokens_;
}

std::vector<std::string> PlatformStandIn::messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
}

Reply PlatformStandIn::grant(bool secret_is_right, long errcode_if_not) {
    if (!secret_is_right) return error(errcode_if_not, "invalid credential");
    const std::lock_guard lock(mutex_);
    expired_ = false;
    ++tokens_;
    return said(
        {{"errcode", 0},
         {"errmsg", "ok"},
         {"access_token", "token/" + std::to_string(tokens_) + "="},
         {"expires_in", 7200}}
    );
}

bool PlatformStandIn::holds_token(const Seen& seen) const {
    const std::lock_guard lock(mutex_);
    return tokens_ > 0 && !expired_ &&
           seen.parameter("access_token") == "token/" + std::to_string(tokens_) + "=";
}

long PlatformStandIn::take(const Seen& seen) {
    const std::lock_guard lock(mutex_);
    if (!failures_.empty()) {
        const long code = failures_.front();
        failures_.pop_front();
        return code;
    }
    messages_.push_back(seen.body);
    return 0;
}

bool PlatformStandIn::is_member(const std::string& one) const {
    const std::lock_guard lock(mutex_);
    return members_.contains(one);
}

Reply PlatformStandIn::error(long errcode, const std::string& message) {
    return said({{"errcode", errcode}, {"errmsg", message}});
}

Reply WecomStandIn::answer(const Seen& seen) {
    if (seen.path == "/cgi-bin/gettoken" && seen.method == "GET") {
        if (seen.parameter("corpid") != corp_id) return error(40013, "invalid corpid");
        return grant(seen.parameter("corpsecret") == secret, 40001);
    }
    if (seen.path == "/cgi-bin/message/send" && seen.method == "POST") return send(seen);
    return {.status = 404};
}

Reply WecomStandIn::send(const Seen& seen) {
    if (!holds_token(seen)) return error(40014, "invalid access_token");
    const auto body = body_of(seen);
    if (!body || seen.body.find("\\u") != std::string::npos) {
        return error(40033, "invalid charset");
    }
    if (!is_number(*body, "agentid", agent_id)) return error(40056, "invalid agentid");
    const auto* card = inner(*body, "textcard");
    if (member(*body, "msgtype") != "textcard" || !card) return error(40008, "invalid msgtype");
    if (member(*card, "title").empty() || member(*card, "description").empty()) {
        return error(44004, "empty content");
    }
    if (member(*card, "title").size() > 128 || member(*card, "description").size() > 512 ||
        member(*card, "url").size() > 2048) {
        return error(45002, "content size out of limit");
    }
    if (!is_member(member(*body, "touser"))) return error(81013, "all user invalid");
    if (const long failed = take(seen); failed != 0) return error(failed, "as told");
    return said({{"errcode", 0}, {"errmsg", "ok"}, {"msgid", "msg-1"}});
}

Reply DingtalkStandIn::answer(const Seen& seen) {
    if (seen.path == "/gettoken" && seen.method == "GET") {
        return grant(
            seen.parameter("appkey") == app_key && seen.parameter("appsecret") == app_secret, 40089
        );
    }
    if (seen.path == "/topapi/message/corpconversation/asyncsend_v2" && seen.method == "POST") {
        return send(seen);
    }
    return {.status = 404};
}

Reply DingtalkStandIn::send(const Seen& seen) {
    // This platform's gateway answers for its own errors in this shape.
    if (!holds_token(seen)) {
        return said(
            {{"errcode", 88}, {"errmsg", "ding talk error"}, {"sub_code", "40014"}, {"sub_msg", "-"}
            }
        );
    }
    const auto body = body_of(seen);
    if (!body || !is_number(*body, "agent_id", agent_id)) return error(40056, "invalid agentid");
    const auto* message = inner(*body, "msg");
    const auto* card = message ? inner(*message, "action_card") : nullptr;
    if (!card || member(*message, "msgtype") != "action_card") return error(34004, "msgtype");
    if (member(*card, "markdown").empty() || member(*card, "single_url").size() > 500) {
        return error(34016, "content size out of limit");
    }
    if (!is_member(member(*body, "userid_list"))) return error(33012, "invalid USERID");
    if (const long failed = take(seen); failed != 0) return error(failed, "as told");
    return said({{"errcode", 0}, {"task_id", 256271667526}, {"request_id", "4jzllmte0wau"}});
}

}  // namespace hotline::test
