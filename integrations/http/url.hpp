#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http_client {

// What a request needs of an absolute http or https URL.
struct Url {
    bool secure = true;
    std::string host;  // lower case; an IPv6 address without its brackets
    std::uint16_t port = 443;
    std::string target;  // path and query as written, "/" when there is none

    // For the Host field and to tell servers from each other: brackets, the port unless usual.
    std::string authority() const;
};

// Strict, because what is lenient here is read differently by somebody else on the way: no user, no
// fragment, no control characters, blanks or backslashes, no host outside letters, digits, '-', '_'
// and '.', no final dot. Names beyond ASCII come as punycode.
std::optional<Url> parse_url(std::string_view text);

// Whether a host is on a list of exact names and ".suffixes" (which do not admit the bare domain).
// An empty list admits every host.
bool host_admitted(const std::vector<std::string>& hosts, std::string_view host);

}  // namespace hotline::http_client
