#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::actions {

// A17: whether this ticket is of somebody an agent speaks with, or did within the hour. For tickets
// outside his scope; everybody else's answer is no.
Result<bool> is_of_caller(
    mysql::Connection& db,
    const ticketing::Actor& actor,
    const ticketing::Ticket& ticket,
    ticketing::Instant now
);

}  // namespace hotline::actions
