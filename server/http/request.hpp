#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

enum class Method { get, head, post, put, patch, del, options, other };

struct Header {
    std::string name;  // lower case
    std::string value;
};

// One request as the session hands it on: complete, bounded, framing already checked.
struct Request {
    Method method = Method::get;
    std::string path;  // percent-decoded, without the query; begins with '/'
    std::map<std::string, std::string> query;  // decoded; of a repeated name the last counts
    std::vector<Header> headers;
    std::string body;
    std::string remote_address;                 // the client's, after the trusted proxies; no port
    bool secure = false;                        // arrived over TLS, here or at a trusted proxy
    std::string request_id;                     // ours, or the trusted proxy's X-Request-Id
    std::map<std::string, std::string> params;  // named path segments, filled by the router
    std::chrono::steady_clock::time_point received;

    // The header's value, or nothing. Name in lower case.
    std::optional<std::string_view> header(std::string_view name) const;
    // The named cookie's value, or nothing.
    std::optional<std::string_view> cookie(std::string_view name) const;
    // English when Accept-Language prefers it, Chinese otherwise.
    bool wants_english() const;
};

}  // namespace hotline::http
