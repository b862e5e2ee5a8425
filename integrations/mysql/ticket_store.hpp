#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A ticket about to be written for the first time, with the log that made it (sealed, seq 1 …).
struct NewTicket {
    ticketing::Ticket ticket;
    std::string idempotency_key;
    ticketing::Digest body_hash{};
    std::vector<ticketing::Event> events;
};

// A ticket as the database has it: the row, its clocks, and the head of its event chain.
struct StoredTicket {
    ticketing::Ticket ticket;
    std::uint32_t last_seq = 0;
    ticketing::Digest last_hash{};
};

// The accepted appeal a key belongs to.
struct IntakeMatch {
    ticketing::TicketId id;
    std::string number;
    ticketing::Digest body_hash{};
};

// Writes tickets, clocks, events, route and work rows: all that one COMMIT must hold together.
// is_duplicate(error, "ticket_intake") or "PRIMARY": some key is there already, nothing of the
// statement happened; the caller sorts the known ones out and tries again.
Result<void> insert_tickets(Connection& db, std::span<const NewTicket> tickets);

// What is already there of these keys; for the few that collided.
Result<std::vector<std::optional<IntakeMatch>>> find_intake(
    Connection& db, std::span<const NewTicket> tickets
);
Result<std::optional<IntakeMatch>> find_intake(
    Connection& db, ticketing::Channel channel, std::string_view idempotency_key
);

// A second number given out for the same appeal leads to its ticket as well.
Result<void> add_alias(Connection& db, std::string_view number, ticketing::TicketId ticket);

// The statement that reads tickets, without their clocks, and a row of it: for the stores beside
// this one.
std::string select_ticket(std::string_view where, bool lock);
StoredTicket read_stored_row(const Row& row);
std::vector<StoredTicket> read_stored_rows(const Rows& rows);

// Locks the row (FOR UPDATE) and reads it with its clocks; nothing when the number is unknown. An
// alias finds its ticket.
Result<std::optional<StoredTicket>> lock_ticket(Connection& db, std::string_view number);
Result<std::optional<StoredTicket>> lock_ticket(Connection& db, ticketing::TicketId id);
// The same without a lock.
Result<std::optional<StoredTicket>> read_ticket(Connection& db, std::string_view number);

// What an act, or several one after the other, came to. `before` is what was locked in this
// transaction; `events` are sealed, follow its last_seq and are at least one.
struct MovedTicket {
    StoredTicket before;
    ticketing::Ticket after;
    std::vector<ticketing::Event> events;
};

// Writes them. The version is checked again in the statement, so a missing lock shows as
// stale_version.
Result<void> store_tickets(Connection& db, std::span<const MovedTicket> moved);

// The latest reasons of the route, JSON text; "" when there are none.
Result<std::string> read_route(Connection& db, ticketing::TicketId ticket);

// The log, oldest first.
Result<std::vector<ticketing::Event>> read_events(Connection& db, ticketing::TicketId ticket);

}  // namespace hotline::mysql
