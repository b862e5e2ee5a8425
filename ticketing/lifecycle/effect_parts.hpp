#pragma once

// What the effects of several files share; private to them.

#include "ticketing/lifecycle/effects.hpp"

namespace hotline::ticketing::effects {

// T10: the time a wrong unit used is not charged to the next one: its clocks end without a verdict.
void cancel_unit_clocks(Ticket& ticket, Instant at);

// T14: one clock for all that are asked; it ends before the lead's. Who is asked after it ran out
// has a limit again.
void ask_co_units(Ticket& ticket, const Surroundings& s);

void record_survey(Ticket& ticket, const ActRequest& request, const Surroundings& s);

// The unit has a part of its own in the ticket from now on, and sees it (A2).
void charge(Ticket& ticket, UnitId unit);

// A day somebody chose: until its offices close, in whole minutes. Where they stay closed the next
// working day counts.
sla::Limit until_end_of(sla::LocalDay day, const Surroundings& s);

}  // namespace hotline::ticketing::effects
