#pragma once

#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>

namespace hotline::ticketing {

struct Mediator {
    MediationLevel level = MediationLevel::town;
    UnitId unit;
};

// T38: who mediates next. The level above the last failure, else the lowest; within it the office
// of justice of the place (司法所, 司法局), else the town's or the zone's own body. Neither the
// unit that handles the ticket nor one complained of. Nothing when all levels have had their turn.
std::optional<Mediator> next_mediator(const Ticket& ticket, const Directory& directory);

// T38: one of the parties declined in this round; nobody is asked twice.
bool mediation_declined(const Ticket& ticket);

// The unit that mediates now, or none.
UnitId mediating_unit(const Ticket& ticket);

// Whether something of the unit's own is waited for: a milestone of the plan, or the mediation.
bool has_open_part(const Ticket& ticket, UnitId unit);

// The agreement in one text, for the basis of the result; "" when there is none in this round.
std::string agreement_text(const Ticket& ticket);

}  // namespace hotline::ticketing
