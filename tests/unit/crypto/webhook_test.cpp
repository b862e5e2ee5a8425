#include "integrations/crypto/webhook.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace hotline::crypto;
using namespace std::chrono_literals;

namespace {

// The example of the Standard Webhooks specification's reference libraries.
const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const WebhookCall call{
    .id = "msg_p5jXN8AQM9LWM0D4loKWxJek", .time = "1614265330", .body = R"({"test": 2432232314})"
};
constexpr std::string_view signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const std::chrono::sys_time<std::chrono::milliseconds> then{1'614'265'330'000ms};

bool accepted(const WebhookCall& presented, std::chrono::milliseconds shift = 0ms) {
    return verify_webhook(secret, presented, signature, then + shift).has_value();
}

}  // namespace

TEST_CASE("the published example of Standard Webhooks is signed byte for byte") {
    CHECK(sign_webhook({&secret, 1}, call) == signature);
    CHECK(accepted(call));
}

TEST_CASE("changing any signed part breaks the signature") {
    WebhookCall other = call;
    other.id = "msg_another";
    CHECK_FALSE(accepted(other));
    other = call;
    other.time = "1614265331";
    CHECK_FALSE(accepted(other));
    other = call;
    other.body = "{}";
    CHECK_FALSE(accepted(other));
    CHECK_FALSE(verify_webhook(webhook_secret("key", "1"), call, signature, then));
}

TEST_CASE("a call is accepted within five minutes either way") {
    CHECK(accepted(call, 300s));
    CHECK(accepted(call, -300s));
    CHECK_FALSE(accepted(call, 301s));
    CHECK_FALSE(accepted(call, -301s));
    WebhookCall odd = call;
    for (const std::string_view time : {"", "soon", "1614265330.0", "-1", "99999999999999"}) {
        odd.time = time;
        CHECK_FALSE(accepted(odd));
    }
}

TEST_CASE("while a secret is changed the call bears both signatures and either is enough") {
    const std::string next = webhook_secret("key", "2");
    const std::vector<std::string> both{secret, next};
    const std::string header = sign_webhook(both, call);
    CHECK(header.starts_with(std::string(signature) + " v1,"));
    CHECK(verify_webhook(secret, call, header, then));
    CHECK(verify_webhook(next, call, header, then));
}

TEST_CASE("what is no secret signs nothing and accepts nothing") {
    for (const std::string wrong : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_*"}) {
        CHECK(sign_webhook({&wrong, 1}, call).empty());
        CHECK_FALSE(verify_webhook(wrong, call, "", then));
        CHECK_FALSE(verify_webhook(wrong, call, signature, then));
    }
}

TEST_CASE("every name has a secret of its own, always the same under the same key") {
    CHECK(webhook_secret("key", "1") == webhook_secret("key", "1"));
    CHECK(webhook_secret("key", "1") != webhook_secret("key", "2"));
    CHECK(webhook_secret("key", "1") != webhook_secret("other", "1"));
    CHECK(webhook_secret("key", "1").size() == 6 + 44);
}
