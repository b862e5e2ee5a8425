#pragma once

#include "server/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

namespace hotline::http {

// What a request head may not be. Each is answered 400 and ends the connection, because what
// follows on it can no longer be told apart from a smuggled request (RFC 9112 sections 6.3
// and 11.2).
enum class FramingFault {
    bad_request_line,  // not METHOD SP target SP HTTP/1.0 or 1.1
    bad_line_end,      // a CR or LF that is not part of CRLF
    bad_field,         // name not a token, blank before the colon, control character in the value
    folded_field,      // obs-fold
    too_many_fields,
    missing_host,           // HTTP/1.1 without one
    bad_host,               // more than one, empty, or not host[:port]
    other_host,             // absolute-form target that names another host than Host
    bad_content_length,     // more than one, a list, or not a number
    bad_transfer_encoding,  // any value but "chunked", more than one, HTTP/1.0, or beside
                            // Content-Length
    unexpected_body,        // with GET, HEAD, DELETE or an unknown method
    bad_expectation,        // Expect other than 100-continue
};

std::string_view name(FramingFault fault);

// Views into the bytes that were inspected.
struct RawField {
    std::string_view name;   // as sent
    std::string_view value;  // without surrounding blanks
};

struct Head {
    Method method = Method::other;
    std::string_view target;  // origin-form, or "*" with OPTIONS; visible ASCII
    int minor = 1;            // HTTP/1.minor
    std::vector<RawField> fields;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expect_continue = false;
    bool websocket = false;  // asks to upgrade to WebSocket

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

// Length of the head in `bytes` including its final CRLFCRLF; nothing when it is not complete yet;
// bad_line_end at once for a lone CR or LF. `searched` bytes have been looked at by an earlier
// call.
std::expected<std::optional<std::size_t>, FramingFault> head_length(
    std::string_view bytes, std::size_t searched
);

// Checks a complete head and says how its body is framed. Stands before Beast's parser, which in
// Boost 1.81 accepts chunked on HTTP/1.0, codings before Content-Length, and folded fields. `into`
// is filled anew; its vector's memory is reused.
std::expected<void, FramingFault> inspect_head(std::string_view bytes, Head& into);

}  // namespace hotline::http
