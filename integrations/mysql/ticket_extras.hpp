#pragma once

#include "integrations/mysql/attachment_store.hpp"
#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// What a person is shown of a ticket that stands in other tables; "" where there is nothing.
struct TicketExtras {
    std::string route;       // the latest reasons, JSON text
    std::string parent_no;   // merged into
    std::string created_by;  // name of the account that filed it
    std::string article;     // title of what it was answered from on the call
    std::vector<Attachment> attachments;
    std::optional<int> call_score;  // of the call it came by
    std::optional<PhoneCall> call;
};

Result<TicketExtras> read_extras(Connection& db, const ticketing::Ticket& ticket);

}  // namespace hotline::mysql
