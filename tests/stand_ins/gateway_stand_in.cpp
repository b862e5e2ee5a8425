#include "tests/stand_ins/gateway_stand_in.hpp"

#include <boost/json.hpp>

namespace hotline::test {

namespace json = boost::json;

namespace {

Reply coded(const std::string& code, const std::string& id = "") {
    return {.body = json::serialize(json::object{{"code", code}, {"id", id}})};
}

}  // namespace

GatewayStandIn::GatewayStandIn() : http_([this](const Seen& seen) { return answer(seen); }) {}

void GatewayStandIn::forbid(const std::string& phone) {
    const std::lock_guard lock(mutex_);
    forbidden_.insert(phone);
}

void GatewayStandIn::limit(unsigned messages) {
    const std::lock_guard lock(mutex_);
    limit_ = messages;
}

std::map<std::string, std::vector<std::string>> GatewayStandIn::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

Reply GatewayStandIn::answer(const Seen& seen) {
    if (seen.field("authorization") != std::string("Bearer ") + secret) return {.status = 401};
    boost::system::error_code error;
    const auto value = json::parse(seen.body, error);
    if (error || !value.is_object()) return coded("isv.INVALID_JSON_PARAM");
    const auto text = [&](std::string_view name) {
        const auto* found = value.get_object().if_contains(name);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    if (text("template").empty()) return coded("isv.SMS_TEMPLATE_ILLEGAL");
    return take(text("mobile"), seen.body);
}

Reply GatewayStandIn::take(const std::string& phone, const std::string& body) {
    const std::lock_guard lock(mutex_);
    if (phone.empty() || forbidden_.contains(phone)) return coded("isv.MOBILE_NUMBER_ILLEGAL");
    auto& messages = taken_[phone];
    if (messages.size() >= limit_) return coded("isv.BUSINESS_LIMIT_CONTROL");
    messages.push_back(body);
    return coded("OK", phone + "-" + std::to_string(messages.size()));
}

}  // namespace hotline::test
