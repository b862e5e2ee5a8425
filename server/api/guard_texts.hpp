#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "ticketing/errors.hpp"

#include <string_view>

namespace hotline::api {

// What a guard of the lifecycle means to the person it refused, and what to do next; without a full
// stop. "" for a name no guard has.
std::string_view guard_text(std::string_view guard, bool english);

// http::problem with the guard's sentence in place of its name.
http::Response act_problem(const http::Request& request, Error error);

}  // namespace hotline::api
