#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <span>
#include <string_view>

namespace hotline::ticketing {

// The ticket as its log alone tells it: state, version and every field of lifecycle/logged_fields,
// the rest empty. Fails with `internal` (detail: the seq) when there are no events or the changes
// of one cannot be read.
Result<Ticket> replayed(std::span<const Event> events);

// The first field in which a row is not what its log says; "" when it agrees in all that is logged.
std::string_view first_difference(const Ticket& row, const Ticket& replayed);

}  // namespace hotline::ticketing
