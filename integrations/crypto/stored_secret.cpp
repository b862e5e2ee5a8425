#include "integrations/crypto/stored_secret.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <cstdint>
#include <vector>

namespace hotline::crypto {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t mark_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string encrypt_stored(std::string_view key, std::string_view place, std::string_view secret) {
    require_sodium();
    const Digest own = hmac_sha256(key, "stored secret");
    std::vector<std::uint8_t> out(nonce_bytes + secret.size() + mark_bytes);
    randombytes_buf(out.data(), nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out.data() + nonce_bytes,
        nullptr,
        bytes_of(secret),
        secret.size(),
        bytes_of(place),
        place.size(),
        nullptr,
        out.data(),
        own.data()
    );
    return base64url(out);
}

std::optional<std::string> decrypt_stored(
    std::string_view key, std::string_view place, std::string_view stored
) {
    require_sodium();
    const auto raw = from_base64url(stored);
    if (!raw || raw->size() < nonce_bytes + mark_bytes) return std::nullopt;
    const Digest own = hmac_sha256(key, "stored secret");
    std::string secret(raw->size() - nonce_bytes - mark_bytes, '\0');
    const int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(secret.data()),
        nullptr,
        nullptr,
        bytes_of(*raw) + nonce_bytes,
        raw->size() - nonce_bytes,
        bytes_of(place),
        place.size(),
        bytes_of(*raw),
        own.data()
    );
    if (wrong != 0) return std::nullopt;
    return secret;
}

}  // namespace hotline::crypto
