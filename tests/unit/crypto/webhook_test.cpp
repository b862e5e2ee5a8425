#include "integrations/crypto/webhook.hpp"

#include <doctest/doctest.h>

using namespace hotline::crypto;
using namespace std::chrono_literals;

namespace {

const std::chrono::sys_time<std::chrono::milliseconds> now{1'795'420'800'000ms};

const SignedCall call{
    .method = "POST",
    .target = "/api/v1/cti/events?source=main",
    .timestamp = "1795420800",
    .nonce = "0123456789abcdef",
    .body = R"({"type":"offered"})"
};

bool accepted(const SignedCall& presented, std::chrono::milliseconds shift = 0ms) {
    const auto signature = sign_call("secret", call, MacAlgorithm::hmac_sha256);
    return verify_call("secret", presented, signature, now + shift).has_value();
}

}  // namespace

TEST_CASE("a signed call is accepted under either algorithm") {
    for (const auto algorithm : {MacAlgorithm::hmac_sha256, MacAlgorithm::hmac_sm3}) {
        const auto signature = sign_call("secret", call, algorithm);
        CHECK(verify_call("secret", call, signature, now));
        CHECK_FALSE(verify_call("guess", call, signature, now));
    }
}

TEST_CASE("changing any signed part breaks the signature") {
    SignedCall other = call;
    other.method = "PUT";
    CHECK_FALSE(accepted(other));
    other = call;
    other.target = "/api/v1/cti/events?source=other";
    CHECK_FALSE(accepted(other));
    other = call;
    other.timestamp = "1795420801";
    CHECK_FALSE(accepted(other));
    other = call;
    other.nonce = "0123456789abcdeX";
    CHECK_FALSE(accepted(other));
    other = call;
    other.body = R"({"type":"ended"})";
    CHECK_FALSE(accepted(other));
    CHECK(accepted(call));
}

TEST_CASE("a call is good for five minutes either way, to the second") {
    CHECK(accepted(call, 300s));
    CHECK(accepted(call, -300s));
    CHECK_FALSE(accepted(call, 300s + 1ms));
    CHECK_FALSE(accepted(call, -300s - 1ms));
}

TEST_CASE("time stamps that are no plain number are refused") {
    for (const auto* text :
         {"",
          "-1795420800",
          "+1795420800",
          "1795420800.0",
          " 1795420800",
          "1795420800 ",
          "9223372036854775807",
          "99999999999999999999"}) {
        CAPTURE(text);
        SignedCall odd = call;
        odd.timestamp = text;
        const auto signature = sign_call("secret", odd, MacAlgorithm::hmac_sha256);
        const auto verdict = verify_call("secret", odd, signature, now);
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().detail == "timestamp");
    }
}

TEST_CASE("an empty secret and parts over several lines are never accepted") {
    CHECK_FALSE(verify_call("", call, sign_call("", call, MacAlgorithm::hmac_sha256), now));
    SignedCall odd = call;
    odd.target = "/a\n1795420800";
    CHECK_FALSE(verify_call("secret", odd, sign_call("secret", odd, MacAlgorithm::hmac_sha256), now)
    );
}
