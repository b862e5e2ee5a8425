#include "server/http/serialize.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hotline::http {

namespace {

constexpr std::string_view on_every_answer =
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: no-referrer\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "permissions-policy: camera=(self), geolocation=(self), microphone=(self), payment=(), "
    "usb=()\r\n";
constexpr std::string_view over_tls =
    "strict-transport-security: max-age=31536000; includeSubDomains\r\n";
// Data is never a document; HTML brings a policy of its own.
constexpr std::string_view no_document =
    "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n";

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_value(std::string& out, std::string_view value) {
    const auto start = out.size();
    out.append(value);
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    };
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_control, ' ');
}

}  // namespace

std::string_view reason(int status) {
    switch (status) {
        case 101:
            return "Switching Protocols";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        default:
            return "";
    }
}

void write_head(std::string& out, const Response& response, const Envelope& envelope) {
    out.assign("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason(response.status)).append("\r\ndate: ").append(envelope.date);
    if (response.status != 204 && response.status != 304) {
        out.append("\r\ncontent-length: ");
        append_number(out, body_of(response).size());
    }
    if (!envelope.keep_alive) {
        out.append("\r\nconnection: close");
    } else if (envelope.http_1_0) {
        out.append("\r\nconnection: keep-alive");
    }
    out.append("\r\nx-request-id: ").append(envelope.request_id).append("\r\n");

    bool has_policy = false;
    for (const auto& header : response.headers) {
        has_policy = has_policy || header.name == "content-security-policy";
        append_value(out, header.name);
        out.append(": ");
        append_value(out, header.value);
        out.append("\r\n");
    }
    out.append(on_every_answer);
    if (!has_policy) out.append(no_document);
    if (envelope.secure) out.append(over_tls);
    out.append("\r\n");
}

}  // namespace hotline::http
