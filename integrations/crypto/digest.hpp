#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hotline::crypto {

// Both SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016) give 32 bytes.
using Digest = std::array<std::uint8_t, 32>;

// Safe to call from any thread; each thread keeps one context. Throw std::runtime_error only when
// this machine's OpenSSL lacks the algorithm.
Digest sha256(std::string_view data);
Digest sm3(std::string_view data);
// The shape the chains of ticketing and mysql take their hash function in.
Digest sm3(std::span<const std::uint8_t> data);

// RFC 2104 over the two digests. Any key length, the empty one too.
Digest hmac_sha256(std::string_view key, std::string_view data);
Digest hmac_sm3(std::string_view key, std::string_view data);

// Lower-case hexadecimal.
std::string hex(std::span<const std::uint8_t> bytes);
// Exactly 64 hexadecimal digits of either case, or nothing.
std::optional<Digest> digest_from_hex(std::string_view text);

// RFC 4648 section 4, with padding.
std::string base64(std::string_view bytes);
// RFC 4648 section 5, without padding.
std::string base64url(std::span<const std::uint8_t> bytes);
// The bytes, or nothing when a character does not belong there.
std::optional<std::string> from_base64url(std::string_view text);

// A view over the digest's raw bytes, for BINARY(32) columns. The digest must outlive it.
std::string_view as_chars(const Digest& digest);

// Time depends on the lengths only, never on where the first difference is.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace hotline::crypto
