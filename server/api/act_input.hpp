#pragma once

#include "server/actions/record_act.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/act.hpp"

#include <optional>
#include <string_view>

namespace hotline::api {

// The acts people have, by the names of the contract; what only the clocks do is not among them.
bool is_offered(ticketing::Act act);
std::optional<ticketing::Act> offered_act(std::string_view name);

// POST /tickets/{ticket_no}/actions/{action}: path, If-Match, Idempotency-Key and body → a command,
// scope to be checked. Shape only; whether the act may be done is the lifecycle's to say. Fields
// the act does not use are refused. Errors: not_found (no such action), precondition_required,
// idempotency_key_missing, the body's.
Result<actions::ActCommand> read_act(
    const http::Request& request, const ticketing::Actor& actor, const City& city
);

}  // namespace hotline::api
