#include "integrations/crypto/code.hpp"

#include "integrations/crypto/digest.hpp"

#include <cctype>
#include <cstdint>

namespace hotline::crypto {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr int code_length = 6;
constexpr int bits_per_letter = 5;
static_assert(alphabet.size() == 1U << bits_per_letter);

// Longer input is cut: it can match nothing, and the loop stays short.
std::string as_typed(std::string_view presented) {
    std::string out;
    for (const char c : presented) {
        if (c == ' ' || c == '-') continue;
        const auto u = static_cast<unsigned char>(c);
        out.push_back(u < 128 ? static_cast<char>(std::toupper(u)) : '?');
        if (out.size() > code_length) break;
    }
    return out;
}

}  // namespace

std::string query_code(std::string_view secret, std::string_view ticket_no) {
    const Digest mac = hmac_sha256(secret, ticket_no);
    std::uint32_t bits = 0;
    for (int i = 0; i < 4; ++i) bits = bits << 8 | mac[static_cast<std::size_t>(i)];
    std::string code;
    for (int i = 0; i < code_length; ++i) {
        code.push_back(alphabet[bits >> (32 - bits_per_letter)]);
        bits <<= bits_per_letter;
    }
    return code;
}

bool query_code_matches(
    std::string_view secret, std::string_view ticket_no, std::string_view presented
) {
    return equal_in_constant_time(query_code(secret, ticket_no), as_typed(presented));
}

}  // namespace hotline::crypto
