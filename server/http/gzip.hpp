#pragma once

#include <string>
#include <string_view>

namespace hotline::http {

// The bytes as one gzip member (RFC 1952), packed as tightly as zlib can, without name or time.
std::string gzip(std::string_view bytes);

}  // namespace hotline::http
