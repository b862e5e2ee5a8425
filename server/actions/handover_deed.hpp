#pragma once

#include "integrations/mysql/handover_store.hpp"
#include "server/city.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/named_enum.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>

namespace hotline::actions {

// What a person does about a ticket at a partner (E18). Names are those of the interface.
enum class HandoverDeed {
    again = 1,   // send it (once more)
    adopt = 2,   // the partner has it, under this number
    settle = 3,  // the unit does it itself
};

constexpr auto names_of(HandoverDeed) {
    return ticketing::NameTable<HandoverDeed, 3>{{
        {HandoverDeed::again, "again"},
        {HandoverDeed::adopt, "adopt"},
        {HandoverDeed::settle, "settle"},
    }};
}

struct HandoverCommand {
    HandoverDeed deed = HandoverDeed::again;
    std::string request_id;  // adopt
    std::string reason;      // settle
    ticketing::Actor actor;
};

// In one transaction, with a note in the ticket's log. Errors: not_found (nothing was ever handed
// over), forbidden (not his to do), guard_failed ("handover_fits": not in this state) and the
// lifecycle's.
Result<mysql::Handover> do_handover_deed(
    mysql::Connection& db,
    const City& city,
    const ticketing::Ticket& ticket,
    const HandoverCommand& command,
    ticketing::Instant now
);

}  // namespace hotline::actions
