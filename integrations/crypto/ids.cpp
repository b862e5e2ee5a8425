#include "integrations/crypto/ids.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace hotline::crypto {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

// 48 bits of time, then 80 random bits.
Bytes timed_random(std::chrono::sys_time<std::chrono::milliseconds> now) {
    require_sodium();
    Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i) & 0xFFU);
    }
    return bytes;
}

}  // namespace

std::string uuid_v7(std::chrono::sys_time<std::chrono::milliseconds> now) {
    Bytes bytes = timed_random(now);
    bytes[6] = static_cast<std::uint8_t>(0x70U | (bytes[6] & 0x0FU));
    bytes[8] = static_cast<std::uint8_t>(0x80U | (bytes[8] & 0x3FU));
    std::string text = hex(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    return text;
}

std::string ulid(std::chrono::sys_time<std::chrono::milliseconds> now) {
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const Bytes bytes = timed_random(now);
    // 128 bits in 26 letters of 5: two zero bits lead.
    std::string text;
    std::uint32_t held = 0;
    int bits = 2;
    for (const std::uint8_t byte : bytes) {
        held = held << 8 | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text.push_back(alphabet[held >> bits & 31U]);
        }
    }
    return text;
}

}  // namespace hotline::crypto
