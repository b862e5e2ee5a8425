#pragma once

#include "sla/clock.hpp"
#include "ticketing/lifecycle/guards.hpp"
#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/types/ticket.hpp"

#include <vector>

namespace hotline::ticketing {

// What becomes of one open clock by the policy and the calendar of the surroundings (T40).
struct DueShift {
    enum class Fate {
        moves,    // another due date, or the same one by another limit
        settles,  // the same date, which now rests on a known calendar
        stays,    // the new date would be past already: the one given holds
    };

    sla::Clock before;
    sla::Clock after;  // what it would be; also where it stays
    Fate fate = Fate::moves;

    bool operator==(const DueShift&) const = default;
};

// Whether limits are taken from the policy in force, or stay as they were given and only the
// calendar is another one.
enum class Limits { by_policy, kept };

// The open clocks whose date is another one by the surroundings, in the ticket's order; those that
// nothing changes are left out. Dates that a person named do not depend on policy or calendar.
std::vector<DueShift> due_shifts(
    const Ticket& ticket, const Surroundings& surroundings, Limits limits
);

namespace guards {

bool some_due_moves(const GuardInput&);
bool handling_due_moves(const GuardInput&);

}  // namespace guards

namespace effects {

void recompute(Ticket& ticket, const ActRequest& request, const Surroundings& surroundings);

}  // namespace effects

}  // namespace hotline::ticketing
