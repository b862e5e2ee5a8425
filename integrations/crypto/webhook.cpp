#include "integrations/crypto/webhook.hpp"

#include "integrations/crypto/digest.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace hotline::crypto {
namespace {

constexpr std::chrono::seconds tolerance{300};
constexpr std::string_view secret_prefix = "whsec_";
constexpr std::string_view signature_prefix = "v1,";

std::optional<std::string> key_of(std::string_view secret) {
    if (!secret.starts_with(secret_prefix)) return std::nullopt;
    const auto text = secret.substr(secret_prefix.size());
    std::string key(text.size(), '\0');
    std::size_t size = 0;
    const int rc = sodium_base642bin(
        reinterpret_cast<unsigned char*>(key.data()),
        key.size(),
        text.data(),
        text.size(),
        nullptr,
        &size,
        nullptr,
        sodium_base64_VARIANT_ORIGINAL
    );
    if (rc != 0 || size == 0) return std::nullopt;
    key.resize(size);
    return key;
}

}  // namespace

bool is_timely(std::string_view text, std::chrono::sys_time<std::chrono::milliseconds> now) {
    std::int64_t seconds = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seconds);
    constexpr std::int64_t year_9999 = 253'402'300'799;
    if (error != std::errc{} || stopped != end || seconds < 0 || seconds > year_9999) return false;
    const auto difference = now - std::chrono::sys_seconds{std::chrono::seconds{seconds}};
    return std::chrono::abs(difference) <= tolerance;
}

std::string webhook_secret(std::string_view key, std::string_view name) {
    const Digest bytes = hmac_sha256(key, std::string("webhook\n").append(name));
    return std::string(secret_prefix) + base64(as_chars(bytes));
}

std::string sign_webhook(std::span<const std::string> secrets, const WebhookCall& call) {
    std::string text;
    for (const auto part : {call.id, call.time}) text.append(part).append(".");
    text.append(call.body);
    std::string header;
    for (const std::string& secret : secrets) {
        const auto key = key_of(secret);
        if (!key) continue;
        if (!header.empty()) header += ' ';
        const Digest mac = hmac_sha256(*key, text);
        header.append(signature_prefix).append(base64(as_chars(mac)));
    }
    return header;
}

Result<void> verify_webhook(
    const std::string& secret,
    const WebhookCall& call,
    std::string_view signatures,
    std::chrono::sys_time<std::chrono::milliseconds> now
) {
    if (!is_timely(call.time, now)) return fail(ErrorCode::not_authenticated, "time");
    const std::string expected = sign_webhook({&secret, 1}, call);
    bool found = false;
    while (!signatures.empty() && !expected.empty()) {
        const auto one = signatures.substr(0, signatures.find(' '));
        signatures.remove_prefix(std::min(signatures.size(), one.size() + 1));
        found = equal_in_constant_time(one, expected) || found;
    }
    if (!found) return fail(ErrorCode::not_authenticated, "signature");
    return {};
}

}  // namespace hotline::crypto
