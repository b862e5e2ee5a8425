#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>

namespace hotline::mysql {

// What a person is shown of a ticket that stands in other tables; "" where there is nothing.
struct TicketExtras {
    std::string route;       // the latest reasons, JSON text
    std::string parent_no;   // merged into
    std::string created_by;  // name of the account that filed it
};

Result<TicketExtras> read_extras(Connection& db, const ticketing::Ticket& ticket);

}  // namespace hotline::mysql
