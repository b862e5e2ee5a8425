#pragma once

#include "ticketing/errors.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::crypto {

// A key pair on the curve P-256 (FIPS 186-4), which Web Push asks for. Values are raw bytes.
class P256Key {
public:
    // Throws std::runtime_error only when this machine's OpenSSL cannot.
    static P256Key generate();
    // From the 32 bytes of the private number; for the examples of the standards.
    static Result<P256Key> from_private(std::string_view number);
    // Reads the PKCS#8 PEM key at `path`, or makes one there (see key_file.hpp).
    static Result<P256Key> open(const std::filesystem::path& path);

    P256Key(P256Key&&) noexcept;
    P256Key& operator=(P256Key&&) noexcept;
    ~P256Key();

    // 65 bytes: 0x04, X, Y.
    const std::string& public_point() const;
    // 32 bytes that only this key and the owner of `peer_point` can work out. Fails with
    // invalid_format for what is no point of the curve.
    Result<std::string> shared_secret(std::string_view peer_point) const;
    // ES256 (RFC 7518): 64 bytes, R and S; different on every call.
    std::string sign(std::string_view message) const;

private:
    struct Key;
    explicit P256Key(std::unique_ptr<Key> key);
    std::unique_ptr<Key> key_;
};

}  // namespace hotline::crypto
