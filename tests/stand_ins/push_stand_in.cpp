#include "tests/stand_ins/push_stand_in.hpp"

namespace hotline::test {

PushStandIn::PushStandIn() : http_([this](const Seen& seen) { return answer(seen); }) {}

std::string PushStandIn::subscribe() {
    const std::lock_guard lock(mutex_);
    const auto path = "/wpush/v2/" + std::to_string(subscriptions_.size() + 1);
    subscriptions_[path];
    return http_.url(path);
}

void PushStandIn::end(const std::string& endpoint) {
    const std::lock_guard lock(mutex_);
    ended_[endpoint.substr(http_.url().size())] = true;
}

std::vector<PushStandIn::Pushed> PushStandIn::pushed_to(const std::string& endpoint) const {
    const std::lock_guard lock(mutex_);
    const auto found = subscriptions_.find(endpoint.substr(http_.url().size()));
    return found == subscriptions_.end() ? std::vector<Pushed>() : found->second;
}

Reply PushStandIn::answer(const Seen& seen) {
    const std::lock_guard lock(mutex_);
    const auto found = subscriptions_.find(seen.path);
    if (found == subscriptions_.end()) return {.status = 404};
    if (ended_.contains(seen.path)) return {.status = 410};
    if (seen.method != "POST" || seen.field("ttl").empty()) return {.status = 400};
    if (seen.field("content-encoding") != "aes128gcm") return {.status = 415};
    if (!seen.field("authorization").starts_with("vapid t=")) return {.status = 401};
    if (seen.body.size() > 4096) return {.status = 413};
    found->second.push_back(
        {seen.field("ttl"),
         seen.field("urgency"),
         seen.field("topic"),
         seen.field("authorization"),
         seen.body}
    );
    return {.status = 201, .fields = {{"Location", http_.url("/m/1")}}};
}

}  // namespace hotline::test
