#pragma once

#include "ticketing/errors.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::http {

struct Target {
    std::string path;                          // decoded, begins with '/'
    std::map<std::string, std::string> query;  // decoded; of a repeated name the last counts
};

// %XX decoded, with `plus_is_space` '+' too (RFC 3986; forms). Nothing for a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

// Splits and decodes an origin-form request target. Refused, because they mean different things to
// different programs on the way: broken escapes, dot segments, encoded slashes, backslashes and
// control characters in the path (bad_request); NUL or bytes that are not UTF-8 anywhere
// (invalid_utf8); more than 64 parameters (bad_request).
Result<Target> parse_target(std::string_view target);

}  // namespace hotline::http
