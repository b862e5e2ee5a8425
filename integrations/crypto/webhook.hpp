#pragma once

#include "ticketing/errors.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace hotline::crypto {

// A call of a partner system, or ours to it, as far as it is signed.
struct SignedCall {
    std::string_view method;     // upper case
    std::string_view target;     // path and query as sent
    std::string_view timestamp;  // seconds since 1970, decimal
    std::string_view nonce;      // 16 to 64 characters, new for every call
    std::string_view body;
};

enum class MacAlgorithm { hmac_sha256, hmac_sm3 };

// Signature header: "hmac-sha256=<hex>" or "hmac-sm3=<hex>" over method, target, timestamp, nonce
// and the SHA-256 of the body, one a line.
std::string sign_call(std::string_view secret, const SignedCall& call, MacAlgorithm algorithm);

// Accepts a clock difference of five minutes either way. Fails with `not_authenticated`; the detail
// ("timestamp", "nonce", "signature") is for the log. The caller still has to remember the nonce
// for ten minutes, and only after this succeeded, to refuse a replay.
Result<void> verify_call(
    std::string_view secret,
    const SignedCall& call,
    std::string_view signature,
    std::chrono::sys_time<std::chrono::milliseconds> now
);

}  // namespace hotline::crypto
