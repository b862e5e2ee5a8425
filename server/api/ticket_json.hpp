#pragma once

#include "integrations/mysql/ticket_extras.hpp"
#include "integrations/mysql/ticket_query.hpp"
#include "server/city.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/types/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::api {

// Who looks, at what time, in which language; everything below shows a ticket as he may see it. A
// view: what it refers to must outlive it.
struct Viewer {
    const ticketing::Actor& actor;
    const ticketing::Scope& scope;
    const City& city;
    ticketing::Instant now;
    bool english = false;
};

// Schema TicketSummary; for lists, live updates and a caller's history. `found` is what a search
// has to say of it (found_json), "" for nothing.
std::string summary_json(
    const mysql::TicketLine& line, const Viewer& viewer, std::string_view found = {}
);

// Schema Ticket.
std::string ticket_json(
    const ticketing::Ticket& ticket, const mysql::TicketExtras& extras, const Viewer& viewer
);

// Schema Unit.
std::string unit_json(const ticketing::Unit& unit);

// "\"7\""
std::string etag(const ticketing::Ticket& ticket);

}  // namespace hotline::api
