#include "integrations/crypto/telephone.hpp"

#include "integrations/crypto/digest.hpp"

#include <span>

namespace hotline::crypto {

std::string telephone_password(
    std::string_view key, std::uint64_t account, std::string_view extension, std::uint32_t serial
) {
    std::string about = "telephone\n";
    about.append(std::to_string(account)).append("\n").append(extension);
    about.append("\n").append(std::to_string(serial));
    const Digest bytes = hmac_sha256(key, about);
    return base64url(std::span(bytes).first(18));
}

}  // namespace hotline::crypto
