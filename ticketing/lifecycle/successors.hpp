#pragma once

#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::ticketing {

// T23: who does a matter anew.

// Another official of the unit, at work and with the topic among his duties: the next by number
// after the one it was, round the end of the list. None when there is no other.
OfficialId another_official(const Ticket& ticket, UnitId unit, const Directory& directory);

// One level up: the unit of the same function at the next level that has one, else the unit above,
// else the government office of the next level. None where nobody is above, or only a unit that is
// complained of or has returned the ticket.
UnitId one_level_up(const Ticket& ticket, const Directory& directory);

}  // namespace hotline::ticketing
