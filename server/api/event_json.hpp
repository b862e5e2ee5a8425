#pragma once

#include "server/api/ticket_json.hpp"
#include "ticketing/types/event.hpp"

#include <string>
#include <vector>

namespace hotline::api {

// {"items":[Event…]}: a ticket's log as the viewer may read it. Units and officials by name,
// instants as times, texts masked as the ticket's own (P4); internal lines for those who may.
std::string events_json(
    const std::vector<ticketing::Event>& events,
    const ticketing::Ticket& ticket,
    const Viewer& viewer
);

}  // namespace hotline::api
