#pragma once

#include <string_view>

namespace hotline::api {

// openapi.yaml, built into the program.
extern const std::string_view openapi_yaml;

}  // namespace hotline::api
