#include "ticketing/text.hpp"

#include <cstdint>

namespace hotline::ticketing {
namespace {

// Length of the sequence a lead byte opens; 0 when it cannot open one.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

// RFC 3629 table: the second byte's range depends on the lead byte (no overlongs, no surrogates).
bool second_byte_fits(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return second >= 0x80 && second <= 0xBF;
    }
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

// Bytes of white space at the front, as used in Chinese forms; 0 when there is none.
std::size_t leading_space(std::string_view text) {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first <= 0x20 || first == 0x7F) return 1;
    if (text.starts_with("\xE3\x80\x80")) return 3;  // U+3000
    if (text.starts_with("\xC2\xA0")) return 2;      // U+00A0
    if (text.starts_with("\xEF\xBB\xBF")) return 3;  // U+FEFF
    return 0;
}

std::size_t trailing_space(std::string_view text) {
    if (text.empty()) return 0;
    const auto last = static_cast<unsigned char>(text.back());
    if (last <= 0x20 || last == 0x7F) return 1;
    if (text.ends_with("\xE3\x80\x80")) return 3;
    if (text.ends_with("\xC2\xA0")) return 2;
    return 0;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead == 0) return false;
        const std::size_t length = sequence_length(lead);
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if (k == 1 ? !second_byte_fits(lead, byte) : !is_continuation(byte)) return false;
        }
        i += length;
    }
    return true;
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text) {
        if (!is_continuation(static_cast<unsigned char>(byte))) ++count;
    }
    return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (is_continuation(static_cast<unsigned char>(text[i]))) continue;
        if (count == 0) break;
        --count;
    }
    return text.substr(0, i);
}

std::string shortened(std::string_view text, std::size_t count) {
    if (characters(text) <= count) return std::string(text);
    return std::string(first_characters(text, count - 1)) + "…";
}

std::string tidied(std::string_view text) {
    while (const auto width = leading_space(text)) text.remove_prefix(width);
    while (const auto width = trailing_space(text)) text.remove_suffix(width);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += (byte < 0x20 && byte != '\n') || byte == 0x7F ? ' ' : text[i];
    }
    return out;
}

}  // namespace hotline::ticketing
