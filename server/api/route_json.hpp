#pragma once

#include <string>
#include <string_view>

namespace hotline::api {

// `Route` of the contract from a stored trace (ticketing/router/trace.hpp), in the asker's words.
// Empty for a text that is no trace.
std::string route_json(std::string_view trace, bool english);

}  // namespace hotline::api
