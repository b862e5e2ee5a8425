#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace hotline::test {

// A push service (RFC 8030). It cannot read what goes through it, as no push service can.
class PushStandIn {
public:
    struct Pushed {
        std::string ttl, urgency, topic, authorization;
        std::string body;
    };

    PushStandIn();

    // A new subscription's endpoint.
    std::string subscribe();
    void end(const std::string& endpoint);  // 410 from now on

    std::vector<Pushed> pushed_to(const std::string& endpoint) const;
    std::string origin() const { return http_.url(); }
    HttpStandIn& http() { return http_; }

private:
    Reply answer(const Seen& seen);

    mutable std::mutex mutex_;
    std::map<std::string, std::vector<Pushed>> subscriptions_;  // by path
    std::map<std::string, bool> ended_;
    HttpStandIn http_;
};

// Keys a browser might have given for a subscription, for tests that do not read the message.
struct PushKeys {
    static constexpr const char* p256dh =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    static constexpr const char* auth = "BTBZMqHH6r4Tts7J_aSIgg";
};

}  // namespace hotline::test
