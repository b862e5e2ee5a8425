#pragma once

#include "server/city.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>

namespace hotline::api {

// Schema Move: what the state of a ticket means for its appellant, whose move it is and until when.
// Where nothing is promised, because nobody's limit runs, there is no time.
std::string move_json(
    const ticketing::Ticket& ticket, const City& city, ticketing::Instant now, bool english
);

}  // namespace hotline::api
