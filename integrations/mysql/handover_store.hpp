#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/proof_store.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

// Where a ticket is on its way to a partner (E10 to E19). Numbers are persisted: never renumber.
enum class HandoverState {
    waiting = 1,
    sending = 2,  // a POST may have left
    token = 3,
    accepted = 4,
    closed = 5,  // there; ours is the unit's to finish (E16)
    refused = 6,
    uncertain = 7,
    unknown_there = 8,
    kept_back = 9,  // E11
    ended = 10,     // E19, or a person took it back
};

constexpr auto names_of(HandoverState) {
    return ticketing::NameTable<HandoverState, 10>{{
        {HandoverState::waiting, "waiting"},
        {HandoverState::sending, "sending"},
        {HandoverState::token, "token"},
        {HandoverState::accepted, "accepted"},
        {HandoverState::closed, "closed"},
        {HandoverState::refused, "refused"},
        {HandoverState::uncertain, "uncertain"},
        {HandoverState::unknown_there, "unknown_there"},
        {HandoverState::kept_back, "kept_back"},
        {HandoverState::ended, "ended"},
    }};
}

// One ticket at one partner.
struct Handover {
    std::uint64_t id = 0;
    ticketing::TicketId ticket;
    std::uint64_t partner = 0;
    HandoverState state = HandoverState::waiting;
    std::string service_code;
    std::string token;
    std::string request_id;
    std::string words;
    unsigned attempts = 0;
    ticketing::Instant next_at;
    ticketing::Instant queued_at;
    std::optional<ticketing::Instant> sent_at;
    std::optional<ticketing::Instant> seen_at;
    std::optional<ticketing::Instant> told_at;
    unsigned status = 0;
    std::string fault;
    std::string partner_name;
};

struct NewHandover {
    ticketing::TicketId ticket;
    std::uint64_t partner = 0;
    ticketing::Instant at;
};
// One that is there already stays as it is. One that had ended is taken up again where it was: with
// its number it is followed, and what may have been sent is looked for first. A partner that was
// deleted meanwhile gets none.
Result<void> insert_handovers(Connection& db, std::span<const NewHandover> fresh);

// The partners (ids) switched on and not at rest for which something is due.
Result<std::vector<std::uint64_t>> partners_with_work(Connection& db, ticketing::Instant now);
// One that is to be sent, asked about or given its number, whose time has come; locked. Rows others
// have in hand are passed over.
Result<std::optional<Handover>> lock_due_handover(
    Connection& db, std::uint64_t partner, ticketing::Instant now
);
// Those to be followed, leased until `until`.
Result<std::vector<Handover>> take_followed(
    Connection& db,
    std::uint64_t partner,
    ticketing::Instant now,
    ticketing::Instant until,
    std::size_t most
);
// Everything but ticket, partner and queued_at. False when it is not in state `was` any more:
// somebody settled it meanwhile, nothing is written.
Result<bool> write_handover(Connection& db, const Handover& handover, HandoverState was);
// A person begins anew: the time it waits since counts from now.
Result<void> requeue_handover(Connection& db, std::uint64_t id, ticketing::Instant now);

// The newest of this ticket, locked where something is to be done to it.
Result<std::optional<Handover>> find_handover(
    Connection& db, ticketing::TicketId ticket, bool lock = false
);
// Those nobody was told of that have waited for a number, or for a status, since before these
// times (E18); locked.
Result<std::vector<Handover>> lock_silent_handovers(
    Connection& db,
    ticketing::Instant queued_before,
    ticketing::Instant seen_before,
    std::size_t most
);

// Those a person has to look at, the longest first; with `all` those under way as well.
Result<std::vector<Handover>> list_handovers(Connection& db, bool all, std::size_t most);

Result<std::uint64_t> count_handovers(Connection& db);
// E18: without an answer for so long, or in trouble, and nobody told.
Result<Finding> untold_handovers(
    Connection& db, ticketing::Instant queued_before, ticketing::Instant seen_before
);

}  // namespace hotline::mysql
