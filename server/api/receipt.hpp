#pragma once

#include "server/actions/appeal_desk.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "ticketing/errors.hpp"

#include <string>
#include <vector>

namespace hotline::api {

// Schema Receipt as JSON text.
std::string receipt_json(
    const actions::Receipt& receipt, const std::vector<FieldError>& warnings, bool english
);

// 201 with Location when the ticket is committed, 202 while it is queued; the same for every form.
// The portal is sent to the public progress, people at work to their ticket.
http::Response receipt_response(
    const actions::Receipt& receipt,
    const std::vector<FieldError>& warnings,
    const http::Request& request
);

}  // namespace hotline::api
