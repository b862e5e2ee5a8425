#pragma once

#include "integrations/mysql/attachment_store.hpp"
#include "server/actions/record_act.hpp"
#include "server/city.hpp"
#include "ticketing/types/attachment.hpp"

#include <optional>

namespace hotline::actions {

// What an attach comes to, found under the ticket's lock. Empty for every other act.
struct FilePlan {
    std::optional<ticketing::FileToAttach> file;  // for the lifecycle and the log
    mysql::Attachment row;                        // for the table, not yet numbered
    bool there = false;                           // the same file was added before: `row` is it
};

// A new file for the audience A10 gives it, or a held one that is released under a name that says
// nothing. Errors: not_found (no such held file for this actor), forbidden (he may not release it).
Result<FilePlan> plan_file(
    mysql::Connection& db,
    const ActCommand& command,
    const ticketing::Ticket& ticket,
    const City& city,
    ticketing::Instant now
);

}  // namespace hotline::actions
