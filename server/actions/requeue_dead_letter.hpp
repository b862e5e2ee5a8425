#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>

namespace hotline::actions {

struct Requeued {
    ticketing::Ticket before;  // the stub
    ticketing::Ticket after;
};

// T2: the mended appeal (normalised) becomes the content of the stub that stood in for it, inside
// the caller's transaction; then it is graded and routed as any other. Errors: not_found, conflict
// (mended before), decide()'s.
Result<Requeued> requeue_dead_letter(
    mysql::Connection& db,
    std::uint64_t dead_letter,
    ticketing::Appeal appeal,
    const ticketing::Actor& actor,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
);

}  // namespace hotline::actions
