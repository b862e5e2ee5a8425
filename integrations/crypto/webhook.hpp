#pragma once

#include "ticketing/errors.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace hotline::crypto {

// A call to a partner system as Standard Webhooks (https://www.standardwebhooks.com) has it signed:
// HMAC-SHA256 over id, time and body.
struct WebhookCall {
    std::string_view id;    // the same at every attempt; no '.'
    std::string_view time;  // seconds since 1970, decimal
    std::string_view body;
};

// Whether a time in decimal seconds since 1970 is within those five minutes of now.
bool is_timely(std::string_view seconds, std::chrono::sys_time<std::chrono::milliseconds> now);

// "whsec_" and the base64 of 32 bytes made from our own key and `name`: a secret nobody has to
// store.
std::string webhook_secret(std::string_view key, std::string_view name);

// The header webhook-signature: "v1," and the base64 of the MAC, for each secret one, between
// blanks. What is no secret signs nothing.
std::string sign_webhook(std::span<const std::string> secrets, const WebhookCall& call);

// As a receiver does it: any one of the signatures fits, and the clocks differ by five minutes at
// most. Fails with `not_authenticated` (detail: "time" or "signature"); whoever receives still
// remembers the id, to act once.
Result<void> verify_webhook(
    const std::string& secret,
    const WebhookCall& call,
    std::string_view signatures,
    std::chrono::sys_time<std::chrono::milliseconds> now
);

}  // namespace hotline::crypto
