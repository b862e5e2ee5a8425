#pragma once

#include "ticketing/types/ticket.hpp"

namespace hotline::ticketing {

// T5: what a repeat may be merged into.
bool same_enterprise(const Ticket& a, const Ticket& b);
bool same_caller(const Ticket& a, const Ticket& b);
// A ticket of the same enterprise or caller that somebody still answers for.
bool fits_as_parent(const Ticket& parent, const Ticket& child);

}  // namespace hotline::ticketing
