#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::ticketing {

// RFC 3629 well-formed and free of NUL. Overlong forms and surrogates are refused.
bool is_clean_utf8(std::string_view text);

// Number of characters (code points) of well-formed UTF-8.
std::size_t characters(std::string_view text);

// The first `count` characters.
std::string_view first_characters(std::string_view text, std::size_t count);

// The whole of it, or as many characters as `count` with an ellipsis for the last.
std::string shortened(std::string_view text, std::size_t count);

// Without white space (ASCII, U+3000, U+00A0) and control characters at both ends; control
// characters inside, but for line feeds, become spaces; CR LF becomes LF.
std::string tidied(std::string_view text);

}  // namespace hotline::ticketing
