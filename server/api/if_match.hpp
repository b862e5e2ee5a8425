#pragma once

#include "server/http/request.hpp"
#include "ticketing/errors.hpp"

#include <cstdint>

namespace hotline::api {

// RFC 9110 section 13.1.1: one strong entity tag; ours are version numbers. precondition_required
// without one; 0, which is no version, for a tag we never gave.
Result<std::uint32_t> wanted_version(const http::Request& request);

}  // namespace hotline::api
