#include "server/http/framing.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hotline::http {

namespace {

constexpr std::size_t max_fields = 100;

using Check = std::expected<void, FramingFault>;

constexpr std::array<bool, 256> token_table = [] {
    std::array<bool, 256> table{};
    for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
    for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
    for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return token_table[static_cast<unsigned char>(c)];
    });
}

bool is_visible_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Tabs and bytes above ASCII are allowed (RFC 9110 section 5.5), other control characters not.
bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u == '\t' || (u >= 0x20 && u != 0x7f);
    });
}

// uri-host [":" port] by its characters; names are compared, never resolved.
bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._:[]").contains(c);
    });
}

Method method_of(std::string_view text) {
    if (text == "GET") return Method::get;
    if (text == "POST") return Method::post;
    if (text == "HEAD") return Method::head;
    if (text == "PUT") return Method::put;
    if (text == "PATCH") return Method::patch;
    if (text == "DELETE") return Method::del;
    if (text == "OPTIONS") return Method::options;
    return Method::other;
}

Check read_request_line(std::string_view line, Head& head) {
    const auto bad = std::unexpected(FramingFault::bad_request_line);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return bad;
    const auto method = line.substr(0, first);
    const auto version = line.substr(last + 1);
    head.target = line.substr(first + 1, last - first - 1);
    if (!is_token(method) || method.size() > 16) return bad;
    if (head.target.empty() || !is_visible_ascii(head.target)) return bad;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad;
    head.method = method_of(method);
    head.minor = version.back() - '0';
    return {};
}

Check read_field(std::string_view line, Head& head) {
    if (line.front() == ' ' || line.front() == '\t') {
        return std::unexpected(FramingFault::folded_field);
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return std::unexpected(FramingFault::bad_field);
    }
    const auto value = trim_blanks(line.substr(colon + 1));
    if (!is_field_value(value)) return std::unexpected(FramingFault::bad_field);
    if (head.fields.size() == max_fields) return std::unexpected(FramingFault::too_many_fields);
    head.fields.push_back(RawField{line.substr(0, colon), value});
    return {};
}

// What the fields say that bears on where this request ends and to whom it goes.
struct Framing {
    std::string_view host;
    int hosts = 0;
    std::string_view content_length;
    int content_lengths = 0;
    std::string_view transfer_encoding;
    int transfer_encodings = 0;
    bool close = false;
    bool keep = false;
    bool connection_upgrade = false;
    bool upgrade_websocket = false;
    bool bad_expectation = false;
};

Framing collect(Head& head) {
    Framing found;
    for (const auto& [field, value] : head.fields) {
        if (equal_ignoring_case(field, "host")) {
            found.host = value;
            ++found.hosts;
        } else if (equal_ignoring_case(field, "content-length")) {
            found.content_length = value;
            ++found.content_lengths;
        } else if (equal_ignoring_case(field, "transfer-encoding")) {
            found.transfer_encoding = value;
            ++found.transfer_encodings;
        } else if (equal_ignoring_case(field, "connection")) {
            found.close = found.close || list_contains(value, "close");
            found.keep = found.keep || list_contains(value, "keep-alive");
            found.connection_upgrade = found.connection_upgrade || list_contains(value, "upgrade");
        } else if (equal_ignoring_case(field, "upgrade")) {
            found.upgrade_websocket = found.upgrade_websocket || list_contains(value, "websocket");
        } else if (equal_ignoring_case(field, "expect")) {
            head.expect_continue = equal_ignoring_case(value, "100-continue");
            found.bad_expectation = found.bad_expectation || !head.expect_continue;
        }
    }
    return found;
}

Check check_host(const Framing& found, Head& head) {
    if (found.hosts == 0 && head.minor >= 1) return std::unexpected(FramingFault::missing_host);
    if (found.hosts > 1) return std::unexpected(FramingFault::bad_host);
    if (found.hosts == 1 && !is_host(found.host)) return std::unexpected(FramingFault::bad_host);
    if (head.target.front() == '/') return {};
    if (head.target == "*" && head.method == Method::options) return {};

    const auto scheme_end = head.target.find("://");
    const auto scheme = head.target.substr(0, std::min(scheme_end, head.target.size()));
    if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) {
        return std::unexpected(FramingFault::bad_request_line);
    }
    auto rest = head.target.substr(scheme_end + 3);
    const auto path = rest.find_first_of("/?");
    if (!equal_ignoring_case(rest.substr(0, path), found.host)) {
        return std::unexpected(FramingFault::other_host);
    }
    if (path == std::string_view::npos || rest[path] == '?') {
        return std::unexpected(FramingFault::bad_request_line);
    }
    head.target = rest.substr(path);
    return {};
}

Check check_body(const Framing& found, Head& head) {
    if (found.transfer_encodings > 0) {
        if (found.transfer_encodings > 1 || head.minor < 1 || found.content_lengths > 0 ||
            !equal_ignoring_case(found.transfer_encoding, "chunked")) {
            return std::unexpected(FramingFault::bad_transfer_encoding);
        }
        head.chunked = true;
    }
    if (found.content_lengths > 0) {
        const auto text = found.content_length;
        std::uint64_t length = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
        // from_chars takes no sign for unsigned types; 18 digits cannot overflow.
        if (found.content_lengths > 1 || text.size() > 18 || error != std::errc{} ||
            end != text.data() + text.size()) {
            return std::unexpected(FramingFault::bad_content_length);
        }
        head.content_length = length;
    }
    const bool may_have_body =
        head.method == Method::post || head.method == Method::put || head.method == Method::patch;
    if (head.has_body() && !may_have_body) return std::unexpected(FramingFault::unexpected_body);
    return {};
}

void reset(Head& head) {
    auto fields = std::move(head.fields);
    fields.clear();
    head = Head{};
    head.fields = std::move(fields);
}

}  // namespace

std::expected<std::optional<std::size_t>, FramingFault> head_length(
    std::string_view bytes, std::size_t searched
) {
    // A head's end may straddle two reads by three bytes.
    for (auto at = bytes.find('\n', searched > 3 ? searched - 3 : 0); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') return std::unexpected(FramingFault::bad_line_end);
        if (at >= 3 && bytes.substr(at - 3, 4) == "\r\n\r\n") return at + 1;
    }
    return std::nullopt;
}

std::expected<void, FramingFault> inspect_head(std::string_view bytes, Head& into) {
    reset(into);
    bool request_line = true;
    while (true) {
        const auto end = bytes.find('\r');
        if (end == std::string_view::npos || end + 1 >= bytes.size() || bytes[end + 1] != '\n') {
            return std::unexpected(FramingFault::bad_line_end);
        }
        const auto line = bytes.substr(0, end);
        bytes.remove_prefix(end + 2);
        if (line.empty()) break;
        auto read = request_line ? read_request_line(line, into) : read_field(line, into);
        if (!read) return read;
        request_line = false;
    }
    if (request_line) return std::unexpected(FramingFault::bad_request_line);

    const auto found = collect(into);
    if (auto host = check_host(found, into); !host) return host;
    if (auto body = check_body(found, into); !body) return body;
    if (found.bad_expectation) return std::unexpected(FramingFault::bad_expectation);
    into.keep_alive = into.minor >= 1 ? !found.close : found.keep && !found.close;
    into.websocket = into.method == Method::get && into.minor >= 1 && found.connection_upgrade &&
                     found.upgrade_websocket;
    return {};
}

std::string_view name(FramingFault fault) {
    switch (fault) {
        using enum FramingFault;
        case bad_request_line:
            return "bad_request_line";
        case bad_line_end:
            return "bad_line_end";
        case bad_field:
            return "bad_field";
        case folded_field:
            return "folded_field";
        case too_many_fields:
            return "too_many_fields";
        case missing_host:
            return "missing_host";
        case bad_host:
            return "bad_host";
        case other_host:
            return "other_host";
        case bad_content_length:
            return "bad_content_length";
        case bad_transfer_encoding:
            return "bad_transfer_encoding";
        case unexpected_body:
            return "unexpected_body";
        case bad_expectation:
            return "bad_expectation";
    }
    return "unknown";
}

}  // namespace hotline::http
