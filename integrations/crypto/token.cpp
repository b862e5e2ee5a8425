#include "integrations/crypto/token.hpp"

#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace hotline::crypto {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_chars = 43;

constexpr std::string_view upper_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::string_view lower_letters = "abcdefghijkmnpqrstuvwxyz";
constexpr std::string_view readable_digits = "23456789";

char pick(std::string_view alphabet) {
    return alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
}

}  // namespace

std::string random_token() {
    require_sodium();
    std::array<std::uint8_t, token_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return base64url(bytes);
}

Digest token_digest(std::string_view token) {
    return sha256(token);
}

bool looks_like_token(std::string_view text) {
    return text.size() == token_chars && std::ranges::all_of(text, [](char c) {
               const auto u = static_cast<unsigned char>(c);
               return u < 128 && (std::isalnum(u) != 0 || c == '-' || c == '_');
           });
}

std::string initial_password(std::size_t length) {
    require_sodium();
    length = std::max<std::size_t>(length, 12);
    const std::string all =
        std::string(upper_letters) + std::string(lower_letters) + std::string(readable_digits);
    std::string chars{pick(upper_letters), pick(lower_letters), pick(readable_digits)};
    while (chars.size() < length) chars.push_back(pick(all));
    for (std::size_t i = chars.size() - 1; i > 0; --i) {
        std::swap(chars[i], chars[randombytes_uniform(static_cast<std::uint32_t>(i + 1))]);
    }
    std::string grouped;
    for (std::size_t i = 0; i < chars.size(); ++i) {
        if (i > 0 && i % 4 == 0) grouped.push_back('-');
        grouped.push_back(chars[i]);
    }
    return grouped;
}

}  // namespace hotline::crypto
