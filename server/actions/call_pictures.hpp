#pragma once

#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/ticket_query.hpp"
#include "ticketing/types/enterprise.hpp"

#include <optional>
#include <vector>

namespace hotline::actions {

// What is put before the person who takes a call: the call, who calls, and what they last raised.
struct CallPicture {
    mysql::PhoneCall call;
    std::optional<ticketing::Enterprise> enterprise;
    // Of the same enterprise or number: the open ones, then the others, each newest first.
    std::vector<mysql::TicketLine> history;
};

// The history leaves out tickets whose appellant is not to be found by asking (A7).
Result<std::vector<CallPicture>> call_pictures(
    mysql::Connection& db, std::vector<mysql::PhoneCall> calls, ticketing::Instant now
);

}  // namespace hotline::actions
