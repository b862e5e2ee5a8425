#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/city.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/types/appeal.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::actions {

// One appeal that was promised: it has its number, now it becomes a ticket.
struct PromisedAppeal {
    std::string ticket_no;
    ticketing::Appeal appeal;
    ticketing::Digest body_hash{};
    ticketing::Instant accepted_at;
};

// What became of it.
struct Acceptance {
    enum class Kind {
        committed,   // a ticket of its own
        replayed,    // the key had its ticket already; `ticket_no` is that one's
        other_body,  // the key had its ticket, with another body: not written
    };
    Kind kind = Kind::committed;
    std::string ticket_no;
    ticketing::Ticket ticket;  // committed only: for loads and live lists
};

// The deed: inside one transaction, routes each appeal, starts its clocks, writes tickets, events,
// clocks and work rows. All or nothing; errors as from the stores. `loads` is the caller's copy and
// grows with each placement. A collision of keys comes back as conflict when `look_first` is false:
// the caller rolls back and asks again with true, which sorts the known ones out by a query each
// (the usual batch has none).
Result<std::vector<Acceptance>> accept_appeals(
    mysql::Connection& db,
    std::span<const PromisedAppeal> appeals,
    const City& city,
    ticketing::Loads& loads,
    ticketing::Instant now,
    bool look_first
);

// T1 for what cannot be understood: a stub 需人工补录 with its own deadline stands in for it, and
// the raw entry is kept. Idempotent on the stream id.
struct DeadLetter {
    std::string stream_id;
    std::string ticket_no;  // as promised; may be unreadable, then a number of its own is given
    ticketing::Channel channel = ticketing::Channel::web;
    std::string idempotency_key;  // may be empty
    ticketing::Digest body_hash{};
    std::string payload;
    std::string error;
    ticketing::Instant accepted_at;
};
Result<Acceptance> bury_dead_letter(
    mysql::Connection& db, const DeadLetter& letter, const City& city, ticketing::Instant now
);

}  // namespace hotline::actions
