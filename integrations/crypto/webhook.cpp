#include "integrations/crypto/webhook.hpp"

#include "integrations/crypto/digest.hpp"

#include <charconv>
#include <cstdint>

namespace hotline::crypto {
namespace {

constexpr std::chrono::seconds tolerance{300};
constexpr std::string_view sha256_prefix = "hmac-sha256=";
constexpr std::string_view sm3_prefix = "hmac-sm3=";

// None of the single-line parts may contain the separator, or two calls could share one text.
bool single_line(std::string_view part) {
    return part.find('\n') == std::string_view::npos && part.find('\r') == std::string_view::npos;
}

std::string signed_text(const SignedCall& call) {
    std::string text;
    for (const auto part : {call.method, call.target, call.timestamp, call.nonce}) {
        text.append(part).push_back('\n');
    }
    return text + hex(sha256(call.body));
}

bool timely(std::string_view text, std::chrono::sys_time<std::chrono::milliseconds> now) {
    std::int64_t seconds = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seconds);
    constexpr std::int64_t year_9999 = 253'402'300'799;
    if (error != std::errc{} || stopped != end || seconds < 0 || seconds > year_9999) return false;
    const auto difference = now - std::chrono::sys_seconds{std::chrono::seconds{seconds}};
    return std::chrono::abs(difference) <= tolerance;
}

}  // namespace

std::string sign_call(std::string_view secret, const SignedCall& call, MacAlgorithm algorithm) {
    const std::string text = signed_text(call);
    if (algorithm == MacAlgorithm::hmac_sm3) {
        return std::string(sm3_prefix) + hex(hmac_sm3(secret, text));
    }
    return std::string(sha256_prefix) + hex(hmac_sha256(secret, text));
}

Result<void> verify_call(
    std::string_view secret,
    const SignedCall& call,
    std::string_view signature,
    std::chrono::sys_time<std::chrono::milliseconds> now
) {
    if (!timely(call.timestamp, now)) return fail(ErrorCode::not_authenticated, "timestamp");
    if (call.nonce.size() < 16 || call.nonce.size() > 64) {
        return fail(ErrorCode::not_authenticated, "nonce");
    }
    const bool clean =
        single_line(call.method) && single_line(call.target) && single_line(call.nonce);
    const auto algorithm =
        signature.starts_with(sm3_prefix) ? MacAlgorithm::hmac_sm3 : MacAlgorithm::hmac_sha256;
    if (!clean || secret.empty() ||
        !equal_in_constant_time(sign_call(secret, call, algorithm), signature)) {
        return fail(ErrorCode::not_authenticated, "signature");
    }
    return {};
}

}  // namespace hotline::crypto
