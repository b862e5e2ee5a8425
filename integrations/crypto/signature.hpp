#pragma once

#include "ticketing/errors.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Signs the periodic checkpoints over the event and audit chains: SM2 with SM3
// (GB/T 32918.2, GB/T 32905) under the customary identity "1234567812345678" (GM/T 0009).
// One signer may be used by several threads.
class Signer {
public:
    // Reads the PKCS#8 PEM key at `path`, or makes one there (see key_file.hpp).
    static Result<Signer> open(const std::filesystem::path& path);

    Signer(Signer&&) noexcept;
    Signer& operator=(Signer&&) noexcept;
    ~Signer();

    // "sm2:" + base64url of the DER signature; different on every call. Fails with `internal`.
    Result<std::string> sign(std::string_view message) const;
    bool verify(std::string_view message, std::string_view signature) const;

    // First 16 hex digits of the SM3 of the public key; stored beside each signature.
    const std::string& key_id() const;
    // For whoever checks the checkpoints elsewhere.
    const std::string& public_key_pem() const;

private:
    struct Key;
    explicit Signer(std::unique_ptr<Key> key);
    std::unique_ptr<Key> key_;
};

// Checks against a public key kept from earlier (after a key was replaced). False for any
// malformed input.
bool verify_signature(
    std::string_view public_key_pem, std::string_view message, std::string_view signature
);

}  // namespace hotline::crypto
