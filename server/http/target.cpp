#include "server/http/target.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace hotline::http {

namespace {

constexpr std::size_t max_parameters = 64;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
    auto decoded = percent_decode(text, plus_is_space);
    if (!decoded) return fail(ErrorCode::bad_request, "percent_encoding");
    if (decoded->contains('\0') || !is_utf8(*decoded)) return fail(ErrorCode::invalid_utf8);
    return std::move(*decoded);
}

Result<std::string> decode_path(std::string_view raw) {
    if (raw.empty() || raw.front() != '/') return fail(ErrorCode::bad_request, "target");
    auto path = decode(raw, false);
    if (!path) return path;
    // A slash that was encoded would split a segment after the fact.
    if (std::ranges::count(*path, '/') != std::ranges::count(raw, '/') || path->contains('\\') ||
        has_control(*path) || has_dot_segment(*path)) {
        return fail(ErrorCode::bad_request, "path");
    }
    return path;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            result.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            result.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
        }
    }
    return result;
}

Result<Target> parse_target(std::string_view target) {
    const auto mark = target.find('?');
    auto path = decode_path(target.substr(0, mark));
    if (!path) return std::unexpected(path.error());
    Target result{std::move(*path), {}};
    if (mark == std::string_view::npos) return result;

    auto rest = target.substr(mark + 1);
    for (std::size_t count = 0; !rest.empty(); ++count) {
        if (count == max_parameters) return fail(ErrorCode::bad_request, "query");
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const bool has_value = equals != std::string_view::npos;
        auto key = decode(pair.substr(0, equals), true);
        if (!key) return std::unexpected(key.error());
        auto value = decode(has_value ? pair.substr(equals + 1) : std::string_view{}, true);
        if (!value) return std::unexpected(value.error());
        result.query.insert_or_assign(std::move(*key), std::move(*value));
    }
    return result;
}

}  // namespace hotline::http
