#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/successors.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::ticketing::effects {
namespace {

using sla::ClockKind;

// A new round at the unit: the result so far is void, a shorter limit runs.
void begin_round(Ticket& ticket, const Surroundings& s) {
    ++ticket.round;
    ticket.submitted_at.reset();
    ticket.reviewed_at.reset();
    ticket.closed_at.reset();
    ticket.closed_as.reset();
    ticket.callback_attempts.clear();
    ticket.extension_pending = false;
    cancel_clock(ticket, ClockKind::archive, s.now);
    start_clock(ticket, ClockKind::handle, s);
}

// The unit of before knows the matter: it helps, and is asked for its account at once.
void keep_as_helper(Ticket& ticket, UnitId before, const Surroundings& s) {
    std::erase(ticket.co_units, ticket.lead_unit);
    std::erase(ticket.co_answered, ticket.lead_unit);
    std::erase(ticket.co_answered, before);
    ticket.co_units.push_back(before);
    stop_clock(ticket, ClockKind::co_unit, s.now);
    ask_co_units(ticket, s);
}

// T23: the first redo is another official's, the second goes one level up; where nobody is above,
// the unit's leader has it himself. A third is a hard case and stays where the second put it.
void redo_by_others(Ticket& ticket, const Surroundings& s) {
    const UnitId before = ticket.lead_unit;
    if (ticket.redo_count == 1) {
        const OfficialId other = another_official(ticket, before, s.directory);
        if (other) ticket.official = other;
    } else if (ticket.redo_count == 2) {
        if (const UnitId higher = one_level_up(ticket, s.directory)) ticket.lead_unit = higher;
        const bool moved = ticket.lead_unit != before;
        ticket.official =
            moved ? another_official(ticket, ticket.lead_unit, s.directory) : OfficialId{};
    }
    begin_round(ticket, s);
    if (ticket.lead_unit != before) keep_as_helper(ticket, before, s);
}

}  // namespace

void review_fail(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::review, s.now);
    ++ticket.review_return_count;
    begin_round(ticket, s);
}

void redo(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    record_survey(ticket, request, s);
    stop_clock(ticket, ClockKind::callback, s.now);
    ++ticket.redo_count;
    redo_by_others(ticket, s);
}

void redo_as_hard_case(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    redo(ticket, request, s);
    hard_case(ticket, request, s);
    if (ticket.supervise_level < 3) ticket.supervise_level = 3;
}

void reopen(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ++ticket.redo_count;
    redo_by_others(ticket, s);
}

}  // namespace hotline::ticketing::effects
