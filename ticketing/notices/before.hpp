#pragma once

#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>
#include <vector>

namespace hotline::ticketing::notices {

// What an event changed of those who have to do with a ticket, as its log tells it.
struct Moved {
    bool official = false;  // there is another handler, or none
    bool unit = false;
    bool urgency = false;
    OfficialId official_before;
    UnitId unit_before;
    std::vector<UnitId> helpers_before;  // co-units and those with a part of their own
    bool helpers = false;
    std::string partner;  // what another system did with it (E15), where that is what is told
};

// No change at all where the log's text is not one of ours.
Moved moved_by(const Event& event);

// `ticket` as far as permissions ask, as it was before the event.
Ticket before(const Ticket& ticket, const Moved& moved);

}  // namespace hotline::ticketing::notices
