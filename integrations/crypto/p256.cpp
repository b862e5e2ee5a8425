#include "integrations/crypto/p256.hpp"

#include "integrations/crypto/key_file.hpp"
#include "integrations/crypto/openssl_owned.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace hotline::crypto {
namespace {

constexpr std::size_t number_size = 32;
constexpr std::size_t point_size = 65;
constexpr const char* curve = "prime256v1";

void require_curve(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL: P-256: ") + what);
}

Owned<EVP_PKEY> key_of(std::string_view point, const BIGNUM* number) {
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0);
    OSSL_PARAM_BLD_push_octet_string(
        builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()
    );
    if (number) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number);
    const Owned<OSSL_PARAM> params(OSSL_PARAM_BLD_to_param(builder.get()));
    const Owned<EVP_PKEY_CTX> ctx(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !ctx || EVP_PKEY_fromdata_init(ctx.get()) != 1) return nullptr;
    const int selection = number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (EVP_PKEY_fromdata(ctx.get(), &key, selection, params.get()) != 1) return nullptr;
    return Owned<EVP_PKEY>(key);
}

// A point that a stranger sends is checked before anything is computed with it.
Owned<EVP_PKEY> peer_of(std::string_view point) {
    if (point.size() != point_size || point.front() != '\x04') return nullptr;
    auto key = key_of(point, nullptr);
    if (!key) return nullptr;
    const Owned<EVP_PKEY_CTX> ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    return ctx && EVP_PKEY_public_check(ctx.get()) == 1 ? std::move(key) : nullptr;
}

// PEM files may hold the point compressed; push services want it whole.
std::string point_of(EVP_PKEY* key) {
    EVP_PKEY_set_utf8_string_param(
        key,
        OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
        OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED
    );
    std::string point(point_size, '\0');
    std::size_t size = 0;
    const bool ok = EVP_PKEY_get_octet_string_param(
                        key, OSSL_PKEY_PARAM_PUB_KEY, bytes(point), point.size(), &size
                    ) == 1;
    return ok && size == point_size ? point : std::string();
}

Result<std::string> new_pem() {
    const Owned<EVP_PKEY> key(EVP_EC_gen(curve));
    const Owned<BIO> out(BIO_new(BIO_s_mem()));
    if (!key || !out ||
        PEM_write_bio_PKCS8PrivateKey(
            out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr
        ) != 1) {
        return fail(ErrorCode::internal, "OpenSSL cannot make a P-256 key");
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
}

}  // namespace

struct P256Key::Key {
    Owned<EVP_PKEY> pkey;
    std::string point;
};

P256Key::P256Key(std::unique_ptr<Key> key) : key_(std::move(key)) {}
P256Key::P256Key(P256Key&&) noexcept = default;
P256Key& P256Key::operator=(P256Key&&) noexcept = default;
P256Key::~P256Key() = default;

P256Key P256Key::generate() {
    auto key = std::make_unique<Key>();
    key->pkey.reset(EVP_EC_gen(curve));
    require_curve(key->pkey != nullptr, "no key");
    key->point = point_of(key->pkey.get());
    require_curve(!key->point.empty(), "no point");
    return P256Key(std::move(key));
}

Result<P256Key> P256Key::from_private(std::string_view number) {
    const Owned<EC_GROUP> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const Owned<BIGNUM> scalar(BN_bin2bn(bytes(number), static_cast<int>(number.size()), nullptr));
    const Owned<EC_POINT> point(EC_POINT_new(group.get()));
    auto key = std::make_unique<Key>();
    key->point.resize(point_size);
    const bool ok =
        number.size() == number_size &&
        EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1 &&
        EC_POINT_point2oct(
            group.get(),
            point.get(),
            POINT_CONVERSION_UNCOMPRESSED,
            bytes(key->point),
            point_size,
            nullptr
        ) == point_size;
    if (ok) key->pkey = key_of(key->point, scalar.get());
    if (!key->pkey) return fail(ErrorCode::invalid_format, "not a private number of P-256");
    return P256Key(std::move(key));
}

Result<P256Key> P256Key::open(const std::filesystem::path& path) {
    const auto pem = load_or_create_key_file(path, new_pem);
    if (!pem) return std::unexpected(pem.error());
    const Owned<BIO> in(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
    auto key = std::make_unique<Key>();
    key->pkey.reset(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    if (key->pkey && EVP_PKEY_is_a(key->pkey.get(), "EC") == 1) {
        key->point = point_of(key->pkey.get());
    }
    if (!key->pkey || EVP_PKEY_get_bits(key->pkey.get()) != 256 || key->point.empty()) {
        return fail(ErrorCode::internal, path.string() + ": not a P-256 private key");
    }
    return P256Key(std::move(key));
}

const std::string& P256Key::public_point() const {
    return key_->point;
}

Result<std::string> P256Key::shared_secret(std::string_view peer_point) const {
    const auto peer = peer_of(peer_point);
    if (!peer) return fail(ErrorCode::invalid_format, "not a point of P-256");
    const Owned<EVP_PKEY_CTX> ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key_->pkey.get(), nullptr));
    std::string secret(number_size, '\0');
    std::size_t size = secret.size();
    const bool ok = ctx && EVP_PKEY_derive_init(ctx.get()) == 1 &&
                    EVP_PKEY_derive_set_peer(ctx.get(), peer.get()) == 1 &&
                    EVP_PKEY_derive(ctx.get(), bytes(secret), &size) == 1;
    require_curve(ok && size == number_size, "no shared secret");
    return secret;
}

std::string P256Key::sign(std::string_view message) const {
    const Owned<EVP_MD_CTX> ctx(EVP_MD_CTX_new());
    std::string der(80, '\0');
    std::size_t size = der.size();
    const bool signed_ =
        ctx &&
        EVP_DigestSignInit_ex(
            ctx.get(), nullptr, "SHA256", nullptr, nullptr, key_->pkey.get(), nullptr
        ) == 1 &&
        EVP_DigestSign(ctx.get(), bytes(der), &size, bytes(message), message.size()) == 1;
    require_curve(signed_, "no signature");
    const unsigned char* begin = bytes(std::string_view(der));
    const Owned<ECDSA_SIG> pair(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size)));
    std::string raw(2 * number_size, '\0');
    const auto put = [](const BIGNUM* number, unsigned char* to) {
        return BN_bn2binpad(number, to, number_size) == number_size;
    };
    require_curve(
        pair && put(ECDSA_SIG_get0_r(pair.get()), bytes(raw)) &&
            put(ECDSA_SIG_get0_s(pair.get()), bytes(raw) + number_size),
        "signature not DER"
    );
    return raw;
}

}  // namespace hotline::crypto
