#pragma once

#include "integrations/crypto/p256.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

// What a Web Push message is protected with on its way through a push service.
namespace hotline::crypto {

// What fits into the 4096 bytes that every push service takes (RFC 8030, section 7.2).
constexpr std::size_t longest_push = 4096 - 86 - 17;

// The body of a push message: one record of aes128gcm (RFC 8188) that only the subscription's owner
// can read (RFC 8291). `p256dh` and `auth` as the browser gives them, in base64url. Fails with
// invalid_format for keys that are none, too_long past longest_push.
Result<std::string> encrypt_push(
    std::string_view p256dh, std::string_view auth, std::string_view plaintext
);

// The same with the sender's key and the salt given, which must never be used twice: for the
// example in the standard.
Result<std::string> encrypt_push(
    std::string_view p256dh,
    std::string_view auth,
    std::string_view plaintext,
    const P256Key& sender,
    std::string_view salt
);

// The Authorization field that says to the push service at `origin` who we are (RFC 8292).
// `contact`: a mailto: or https: address for its operators. Valid for twelve hours after `now`.
std::string vapid_authorization(
    const P256Key& key,
    std::string_view origin,
    std::string_view contact,
    std::chrono::sys_time<std::chrono::seconds> now
);

}  // namespace hotline::crypto
