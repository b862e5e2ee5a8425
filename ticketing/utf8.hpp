#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hotline::ticketing {

// One character and its length in bytes. What is not UTF-8 reads as U+FFFD, a byte at a time.
struct Character {
    char32_t value = 0xFFFD;
    std::uint32_t bytes = 1;
};

// At a place inside the text. Inline: texts are read by it a character at a time. Whether a text is
// well-formed at all is is_clean_utf8's to say (text.hpp).
inline Character character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {lead, 1};
    const std::uint32_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || lead >= 0xF5 || at + length > text.size()) return {};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) return {};
        value = value << 6U | (byte(at + i) & 0x3FU);
    }
    return {value, length};
}

}  // namespace hotline::ticketing
