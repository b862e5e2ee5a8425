#include "server/api/disposition.hpp"

namespace hotline::api {
namespace {

// RFC 8187: everything but letters, digits and a few marks as %XX.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace

std::string disposition(Saving saving, std::string_view plain, std::string_view name) {
    std::string value = saving == Saving::saved ? "attachment" : "inline";
    value += "; filename=\"";
    value += plain;
    value += "\"; filename*=UTF-8''";
    return value + percent_encoded(name);
}

}  // namespace hotline::api
