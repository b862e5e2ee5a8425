#include "integrations/crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sodium.h>

#include <memory>
#include <stdexcept>

namespace hotline::crypto {
namespace {

struct MdFree {
    void operator()(EVP_MD* md) const { EVP_MD_free(md); }
};
struct MdCtxFree {
    void operator()(EVP_MD_CTX* ctx) const { EVP_MD_CTX_free(ctx); }
};
struct MacFree {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
};
struct MacCtxFree {
    void operator()(EVP_MAC_CTX* ctx) const { EVP_MAC_CTX_free(ctx); }
};

void require(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

// An implicit look-up (EVP_sm3()) searches the providers on every init, which costs more than
// hashing a short event does; a fetched object is searched for once.
std::unique_ptr<EVP_MD, MdFree> fetch_digest(const char* algorithm) {
    std::unique_ptr<EVP_MD, MdFree> md(EVP_MD_fetch(nullptr, algorithm, nullptr));
    require(md != nullptr, algorithm);
    return md;
}

Digest digest_with(const EVP_MD* md, std::string_view data) {
    thread_local const std::unique_ptr<EVP_MD_CTX, MdCtxFree> ctx(EVP_MD_CTX_new());
    Digest out{};
    unsigned int size = 0;
    const bool ok = EVP_DigestInit_ex2(ctx.get(), md, nullptr) == 1 &&
                    EVP_DigestUpdate(ctx.get(), data.data(), data.size()) == 1 &&
                    EVP_DigestFinal_ex(ctx.get(), out.data(), &size) == 1;
    require(ok && size == out.size(), "digest failed");
    return out;
}

using MacContext = std::unique_ptr<EVP_MAC_CTX, MacCtxFree>;

MacContext hmac_context(const char* digest_name) {
    static const std::unique_ptr<EVP_MAC, MacFree> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    require(mac != nullptr, "HMAC");
    MacContext ctx(EVP_MAC_CTX_new(mac.get()));
    require(ctx != nullptr, "HMAC context");
    std::string name(digest_name);
    const std::array<OSSL_PARAM, 2> params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
        OSSL_PARAM_construct_end()
    };
    require(EVP_MAC_CTX_set_params(ctx.get(), params.data()) == 1, digest_name);
    return ctx;
}

Digest hmac_with(EVP_MAC_CTX* ctx, std::string_view key, std::string_view data) {
    // A null key would mean "the key of last time".
    static constexpr unsigned char no_key = 0;
    const auto* key_bytes =
        key.empty() ? &no_key : reinterpret_cast<const unsigned char*>(key.data());
    const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    Digest out{};
    std::size_t size = 0;
    const bool ok = EVP_MAC_init(ctx, key_bytes, key.size(), nullptr) == 1 &&
                    EVP_MAC_update(ctx, bytes, data.size()) == 1 &&
                    EVP_MAC_final(ctx, out.data(), &size, out.size()) == 1;
    require(ok && size == out.size(), "HMAC failed");
    return out;
}

}  // namespace

Digest sha256(std::string_view data) {
    static const auto md = fetch_digest("SHA256");
    return digest_with(md.get(), data);
}

Digest sm3(std::string_view data) {
    static const auto md = fetch_digest("SM3");
    return digest_with(md.get(), data);
}

Digest sm3(std::span<const std::uint8_t> data) {
    return sm3(std::string_view(reinterpret_cast<const char*>(data.data()), data.size()));
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
    thread_local const auto ctx = hmac_context("SHA256");
    return hmac_with(ctx.get(), key, data);
}

Digest hmac_sm3(std::string_view key, std::string_view data) {
    thread_local const auto ctx = hmac_context("SM3");
    return hmac_with(ctx.get(), key, data);
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
    Digest out{};
    if (text.size() != out.size() * 2) return std::nullopt;
    std::size_t written = 0;
    const int rc = sodium_hex2bin(
        out.data(), out.size(), text.data(), text.size(), nullptr, &written, nullptr
    );
    if (rc != 0 || written != out.size()) return std::nullopt;
    return out;
}

std::string base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    const auto* raw = reinterpret_cast<const unsigned char*>(bytes.data());
    sodium_bin2base64(out.data(), out.size(), raw, bytes.size(), variant);
    out.pop_back();
    return out;
}

std::string base64url(std::span<const std::uint8_t> bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), variant);
    out.pop_back();
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    const int rc = sodium_base642bin(
        reinterpret_cast<unsigned char*>(out.data()),
        out.size(),
        text.data(),
        text.size(),
        nullptr,
        &size,
        nullptr,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING
    );
    if (rc != 0) return std::nullopt;
    out.resize(size);
    return out;
}

std::string_view as_chars(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace hotline::crypto
