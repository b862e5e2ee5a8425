#pragma once

#include "sla/calendar.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::ticketing {

// T27: the first instant from `now` on at which the appellant may urge; `now` itself where he may
// at once. The state of the ticket is not asked for.
Instant urge_from(const Ticket& ticket, const sla::Calendar& calendar, Instant now);

}  // namespace hotline::ticketing
