#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/enterprise.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::actions {

// What an appeal says becomes the ticket's: who raised it, for which firm (null: none known), what
// about. Number, identity and clocks are not its business.
void take_over(
    ticketing::Ticket& ticket, const ticketing::Appeal& appeal, const ticketing::Enterprise* firm
);

// The fields the appeal left open are filled from the text, then from the registration; what only
// the text tells (risks, the unit complained of) goes onto the ticket.
void grade(
    ticketing::Ticket& ticket,
    ticketing::Appeal& appeal,
    const ticketing::Cues& cues,
    const ticketing::Enterprise* firm
);

}  // namespace hotline::actions
