#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::ticketing {

namespace {

bool stands_for_itself(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
    static constexpr std::string_view hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        default:
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 0xF];
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto end = std::ranges::find_if_not(text, stands_for_itself);
        out.append(text.begin(), end);
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
        if (text.empty()) break;
        append_escaped(out, text.front());
        text.remove_prefix(1);
    }
    out += '"';
}

std::string json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

void JsonObject::begin(std::string_view key) {
    if (!body_.empty()) body_ += ',';
    append_json_string(body_, key);
    body_ += ':';
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
    begin(key);
    append_json_string(body_, value);
    return *this;
}

JsonObject& JsonObject::number(std::string_view key, std::int64_t value) {
    begin(key);
    body_ += std::to_string(value);
    return *this;
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view json) {
    begin(key);
    body_ += json;
    return *this;
}

}  // namespace hotline::ticketing
