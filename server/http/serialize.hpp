#pragma once

#include "server/http/response.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::http {

// What the connection adds to a response.
struct Envelope {
    std::string_view date;
    std::string_view request_id;
    bool keep_alive = true;
    bool http_1_0 = false;
    bool secure = false;
};

// Writes status line and header fields to `out`, which is emptied first: the response's own, the
// security headers every answer carries, length, date and connection. Control characters in a value
// become blanks, so that no value can begin a field of its own.
void write_head(std::string& out, const Response& response, const Envelope& envelope);

// The reason phrase; empty when the status has none in RFC 9110 or 6585.
std::string_view reason(int status);

inline std::string_view body_of(const Response& response) {
    return response.shared_body ? *response.shared_body : response.body;
}

}  // namespace hotline::http
