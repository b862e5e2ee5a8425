#include "integrations/crypto/signature.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/key_file.hpp"
#include "integrations/crypto/openssl_owned.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/pem.h>

#include <optional>
#include <vector>

namespace hotline::crypto {
namespace {

constexpr std::string_view identity = "1234567812345678";
constexpr std::string_view prefix = "sm2:";

Owned<BIO> reader(std::string_view text) {
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string content(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Result<std::string> new_key_pem() {
    const Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    const Owned<BIO> out(BIO_new(BIO_s_mem()));
    if (!key || !out ||
        PEM_write_bio_PKCS8PrivateKey(
            out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr
        ) != 1) {
        return fail(ErrorCode::internal, "OpenSSL cannot make an SM2 key");
    }
    return content(out.get());
}

// A digest context bound to the key and the identity, ready for Digest{Sign,Verify}Init.
struct SigningContext {
    Owned<EVP_PKEY_CTX> key_ctx;
    Owned<EVP_MD_CTX> md_ctx;  // borrows key_ctx, so it is declared (and freed) in this order
};

std::optional<SigningContext> context_for(EVP_PKEY* key) {
    SigningContext ctx{
        Owned<EVP_PKEY_CTX>(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)),
        Owned<EVP_MD_CTX>(EVP_MD_CTX_new())
    };
    if (!ctx.key_ctx || !ctx.md_ctx) return std::nullopt;
    if (EVP_PKEY_CTX_set1_id(ctx.key_ctx.get(), identity.data(), identity.size()) != 1) {
        return std::nullopt;
    }
    EVP_MD_CTX_set_pkey_ctx(ctx.md_ctx.get(), ctx.key_ctx.get());
    return ctx;
}

bool verify_with(EVP_PKEY* key, std::string_view message, std::string_view signature) {
    if (!signature.starts_with(prefix)) return false;
    const auto der = from_base64url(signature.substr(prefix.size()));
    const auto ctx = context_for(key);
    if (!der || !ctx) return false;
    if (EVP_DigestVerifyInit_ex(
            ctx->md_ctx.get(), nullptr, "SM3", nullptr, nullptr, key, nullptr
        ) != 1) {
        return false;
    }
    return EVP_DigestVerify(
               ctx->md_ctx.get(), bytes(*der), der->size(), bytes(message), message.size()
           ) == 1;
}

}  // namespace

struct Signer::Key {
    Owned<EVP_PKEY> pkey;
    std::string id;
    std::string public_pem;
};

Signer::Signer(std::unique_ptr<Key> key) : key_(std::move(key)) {}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

Result<Signer> Signer::open(const std::filesystem::path& path) {
    const auto pem = load_or_create_key_file(path, new_key_pem);
    if (!pem) return std::unexpected(pem.error());
    const auto in = reader(*pem);
    auto key = std::make_unique<Key>();
    key->pkey.reset(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    if (!key->pkey || EVP_PKEY_is_a(key->pkey.get(), "SM2") != 1) {
        return fail(ErrorCode::internal, path.string() + ": not an SM2 private key");
    }
    const Owned<BIO> out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_PUBKEY(out.get(), key->pkey.get()) != 1) {
        return fail(ErrorCode::internal, path.string() + ": cannot derive the public key");
    }
    key->public_pem = content(out.get());
    key->id = hex(sm3(key->public_pem)).substr(0, 16);
    return Signer(std::move(key));
}

Result<std::string> Signer::sign(std::string_view message) const {
    EVP_PKEY* key = key_->pkey.get();
    const auto ctx = context_for(key);
    std::size_t size = 0;
    const bool started =
        ctx &&
        EVP_DigestSignInit_ex(ctx->md_ctx.get(), nullptr, "SM3", nullptr, nullptr, key, nullptr) ==
            1 &&
        EVP_DigestSign(ctx->md_ctx.get(), nullptr, &size, bytes(message), message.size()) == 1;
    std::vector<unsigned char> der(size);
    if (!started ||
        EVP_DigestSign(ctx->md_ctx.get(), der.data(), &size, bytes(message), message.size()) != 1) {
        return fail(ErrorCode::internal, "SM2 signature failed");
    }
    der.resize(size);
    return std::string(prefix) + base64url(der);
}

bool Signer::verify(std::string_view message, std::string_view signature) const {
    return verify_with(key_->pkey.get(), message, signature);
}

const std::string& Signer::key_id() const {
    return key_->id;
}
const std::string& Signer::public_key_pem() const {
    return key_->public_pem;
}

bool verify_signature(
    std::string_view public_key_pem, std::string_view message, std::string_view signature
) {
    const auto in = reader(public_key_pem);
    const Owned<EVP_PKEY> key(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
    return key && EVP_PKEY_is_a(key.get(), "SM2") == 1 &&
           verify_with(key.get(), message, signature);
}

}  // namespace hotline::crypto
