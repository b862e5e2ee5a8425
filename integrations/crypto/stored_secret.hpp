#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Secrets of other systems that have to be said again, as a database keeps them: encrypted and
// authenticated (XChaCha20-Poly1305), base64url. `key` is the content of a key file outside the
// database, `place` says whose secret it is: one moved to another row cannot be read there.
std::string encrypt_stored(std::string_view key, std::string_view place, std::string_view secret);

// Nothing when it was not made by this key for this place, or was altered.
std::optional<std::string> decrypt_stored(
    std::string_view key, std::string_view place, std::string_view stored
);

}  // namespace hotline::crypto
