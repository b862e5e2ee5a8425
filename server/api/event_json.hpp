#pragma once

#include "server/api/ticket_json.hpp"
#include "ticketing/types/event.hpp"

#include <string>
#include <vector>

namespace hotline::api {

// {"items":[Event…],"ledger":MinuteLedger}: a ticket's log as the viewer may read it. Units and
// officials by name, instants as times, texts masked as the ticket's own (P4); internal lines for
// those who may. The ledger is made of all lines; it is left out when one of them cannot be read,
// which `check` reports.
std::string events_json(
    const std::vector<ticketing::Event>& events,
    const ticketing::Ticket& ticket,
    const Viewer& viewer
);

}  // namespace hotline::api
