#include "integrations/crypto/password.hpp"

#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <array>
#include <cstddef>

namespace hotline::crypto {
namespace {

std::size_t memory_bytes(const PasswordCost& cost) {
    return static_cast<std::size_t>(cost.memory_kib) * 1024;
}

}  // namespace

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
    require_sodium();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int rc = crypto_pwhash_str_alg(
        out.data(),
        password.data(),
        password.size(),
        cost.passes,
        memory_bytes(cost),
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (rc != 0) return fail(ErrorCode::internal, "argon2id: out of memory or cost out of range");
    return std::string(out.data());
}

bool verify_password(std::string_view password, const std::string& hash) {
    require_sodium();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash, const PasswordCost& cost) {
    // libsodium reads at most crypto_pwhash_STRBYTES of a terminated string.
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, memory_bytes(cost)) != 0;
}

}  // namespace hotline::crypto
