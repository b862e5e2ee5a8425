#pragma once

#include <string>
#include <string_view>

namespace hotline::http {

// ASCII only, as header names, tokens and hosts are.
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);

// Without leading and trailing spaces and tabs.
std::string_view trim_blanks(std::string_view text);

// Whether a comma-separated field value holds the token, ignoring case.
bool list_contains(std::string_view list, std::string_view token);

// Well-formed UTF-8 (RFC 3629: no overlong forms, surrogates or values above U+10FFFF).
bool is_utf8(std::string_view text);

}  // namespace hotline::http
