#pragma once

#include "integrations/mysql/ticket_query.hpp"
#include "server/api/ticket_json.hpp"
#include "ticketing/highlight.hpp"

#include <span>
#include <string>

namespace hotline::api {

// Schema MarkedText.
std::string marked_json(std::span<const ticketing::TextPart> parts);

// Schema TicketFound: where a ticket on a list has the words searched for, in what the viewer is
// shown of it (A7, P4); "" when nothing of that has them.
std::string found_json(
    const mysql::TicketLine& line, std::span<const std::string> terms, const Viewer& viewer
);

}  // namespace hotline::api
