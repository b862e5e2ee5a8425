#pragma once

#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>

namespace hotline::ticketing {

// A14: what anybody, and any other system, may know of a ticket: nothing anybody wrote, nobody's
// name.
struct PublishedTicket {
    TicketId id;
    std::string number;
    State state = State::accepted;
    std::string topic;
    std::string category;
    std::string division;
    UnitId lead_unit;
    Instant accepted_at;
    Instant changed_at;
    std::optional<Instant> due_at;

    bool operator==(const PublishedTicket&) const = default;
};

// A14: not a confidential one, a report, a complaint, nor what is no appeal (yet).
bool tells_outside(const Ticket& ticket);

// The same, and not withdrawn: who takes his appeal back takes it out of public lists.
bool is_published(const Ticket& ticket);

}  // namespace hotline::ticketing
