#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city.hpp"
#include "ticketing/lifecycle/act_request.hpp"
#include "ticketing/router/matter.hpp"

#include <optional>

namespace hotline::actions {

// Who acts when the line itself does.
ticketing::Actor the_system();

// T10: the router's word on a ticket that came back: a dispatch by the system, or nothing when a
// person has to decide (no unit left, or the ruling is due: T12).
Result<std::optional<ticketing::ActRequest>> routed_again(
    mysql::Connection& db,
    const ticketing::Ticket& ticket,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
);

// T6: a person chose the unit but no official: the router's official of that unit, with the
// reasons.
Result<void> choose_official(
    mysql::Connection& db,
    ticketing::ActRequest& request,
    const ticketing::Ticket& ticket,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
);

}  // namespace hotline::actions
