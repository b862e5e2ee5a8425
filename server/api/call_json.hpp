#pragma once

#include "server/actions/call_pictures.hpp"
#include "server/city.hpp"

#include <string>

namespace hotline::api {

// Schema Call, as agents and supervisors see it: both get the enterprise and the history masked
// (A6), so one text serves them all.
std::string call_json(
    const actions::CallPicture& picture, const City& city, ticketing::Instant now
);

}  // namespace hotline::api
