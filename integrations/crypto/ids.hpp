#pragma once

#include <chrono>
#include <string>

namespace hotline::crypto {

// RFC 9562 version 7: sorts by time to the millisecond, 74 random bits. Lower case with hyphens.
std::string uuid_v7(std::chrono::sys_time<std::chrono::milliseconds> now);

// The same 48 + 80 bits as a ULID: 26 characters of Crockford's base 32. For request ids.
std::string ulid(std::chrono::sys_time<std::chrono::milliseconds> now);

}  // namespace hotline::crypto
