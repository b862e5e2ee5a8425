#pragma once

#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::ticketing {

// What an act comes to: the ticket after it (version raised, clocks started and stopped) and the
// line for the log, not yet numbered or sealed. Plain data; storing it is the caller's.
struct Decision {
    Ticket after;
    Event event;
    std::string_view rule;  // the transition's number in ticketing/README.md
};

}  // namespace hotline::ticketing
