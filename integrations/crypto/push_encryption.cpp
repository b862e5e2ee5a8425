#include "integrations/crypto/push_encryption.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/openssl_owned.hpp"

#include <openssl/rand.h>

#include <stdexcept>

namespace hotline::crypto {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t auth_size = 16;
constexpr std::size_t tag_size = 16;
constexpr std::string_view record_size("\x00\x00\x10\x00", 4);  // 4096
constexpr std::string_view last_record("\x02", 1);

std::span<const std::uint8_t> span_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// HKDF with SHA-256 (RFC 5869) for at most one block of output.
std::string derive(
    std::string_view salt, std::string_view input, std::string_view info, std::size_t size
) {
    const Digest key = hmac_sha256(salt, input);
    const Digest block = hmac_sha256(as_chars(key), std::string(info) + '\x01');
    return std::string(as_chars(block).substr(0, size));
}

std::string info(std::string_view label) {
    return std::string(label) + '\0';
}

std::string aes128gcm(std::string_view key, std::string_view nonce, std::string_view plaintext) {
    const Owned<EVP_CIPHER_CTX> ctx(EVP_CIPHER_CTX_new());
    std::string out(plaintext.size() + tag_size, '\0');
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    const auto size = static_cast<int>(plaintext.size());
    int written = 0;
    int rest = 0;
    const bool ok =
        ctx &&
        EVP_EncryptInit_ex2(
            ctx.get(), EVP_aes_128_gcm(), span_of(key).data(), span_of(nonce).data(), nullptr
        ) == 1 &&
        EVP_EncryptUpdate(ctx.get(), to, &written, span_of(plaintext).data(), size) == 1 &&
        EVP_EncryptFinal_ex(ctx.get(), to + written, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, to + size) == 1;
    if (!ok || written + rest != size) throw std::runtime_error("OpenSSL: AES-128-GCM failed");
    return out;
}

std::string random_salt() {
    std::string salt(salt_size, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), salt_size) != 1) {
        throw std::runtime_error("OpenSSL: no randomness");
    }
    return salt;
}

}  // namespace

Result<std::string> encrypt_push(
    std::string_view p256dh, std::string_view auth, std::string_view plaintext
) {
    return encrypt_push(p256dh, auth, plaintext, P256Key::generate(), random_salt());
}

Result<std::string> encrypt_push(
    std::string_view p256dh,
    std::string_view auth,
    std::string_view plaintext,
    const P256Key& sender,
    std::string_view salt
) {
    const auto receiver = from_base64url(p256dh);
    const auto shared_auth = from_base64url(auth);
    if (!receiver || !shared_auth || shared_auth->size() != auth_size) {
        return fail(ErrorCode::invalid_format, "the subscription's keys");
    }
    if (plaintext.size() > longest_push) {
        return fail(ErrorCode::too_long, std::to_string(longest_push));
    }
    const auto secret = sender.shared_secret(*receiver);
    if (!secret) return std::unexpected(secret.error());

    const auto& point = sender.public_point();
    const std::string input =
        derive(*shared_auth, *secret, info("WebPush: info") + *receiver + point, 32);
    const auto key = derive(salt, input, info("Content-Encoding: aes128gcm"), 16);
    const auto nonce = derive(salt, input, info("Content-Encoding: nonce"), 12);

    std::string body(salt);
    body += record_size;
    body += static_cast<char>(point.size());
    body += point;
    return body + aes128gcm(key, nonce, std::string(plaintext) + std::string(last_record));
}

std::string vapid_authorization(
    const P256Key& key,
    std::string_view origin,
    std::string_view contact,
    std::chrono::sys_time<std::chrono::seconds> now
) {
    // The push service refuses more than a day.
    const auto until = (now + std::chrono::hours(12)).time_since_epoch().count();
    // Neither an origin nor a contact holds what JSON would have to escape.
    const std::string claims = R"({"aud":")" + std::string(origin) + R"(","exp":)" +
                               std::to_string(until) + R"(,"sub":")" + std::string(contact) +
                               R"("})";
    const std::string token =
        base64url(span_of(R"({"typ":"JWT","alg":"ES256"})")) + "." + base64url(span_of(claims));
    return "vapid t=" + token + "." + base64url(span_of(key.sign(token))) +
           ", k=" + base64url(span_of(key.public_point()));
}

}  // namespace hotline::crypto
