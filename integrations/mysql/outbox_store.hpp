#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/ticket_query.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace hotline::mysql {

// A change of a ticket that has not been told to the world yet.
struct OutboxRow {
    std::uint64_t id = 0;
    ticketing::TicketId ticket;
    std::uint32_t seq = 0;  // of the event
    unsigned attempts = 0;  // this one included
};

struct OutboxAsked {
    ticketing::Instant now;
    std::chrono::milliseconds lease{};
    std::size_t limit = 0;
    // The last row the asker has in hand, so that those before it are not looked through again.
    // What was committed late under a lower number waits until he has none in hand.
    std::uint64_t after = 0;
};

// Takes the rows whose time has come, in order of id, and leases them: whoever asks later than now
// + `lease` gets what is still there then, so a teller that dies loses nothing. Rows another
// transaction has in hand are passed over. One transaction.
Result<std::vector<OutboxRow>> take_outbox(Connection& db, const OutboxAsked& asked);
// Whether there is one, without a lock.
Result<bool> outbox_waits(Connection& db, ticketing::Instant now);

// How many rows there are, counting no further than `most`.
Result<std::size_t> outbox_length(Connection& db, std::size_t most);

// These tickets as a list shows them, with all that ticketing::scope_keys asks for, and the call
// they came by. Tickets that are not there are left out.
Result<std::vector<TicketLine>> changed_tickets(
    Connection& db, const std::vector<ticketing::TicketId>& tickets
);

}  // namespace hotline::mysql
