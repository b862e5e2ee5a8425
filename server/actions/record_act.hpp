#pragma once

#include "integrations/mysql/attachment_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "ticketing/lifecycle/act_request.hpp"
#include "ticketing/types/event.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace hotline::actions {

// One deed somebody wants done to a ticket, from whichever side it comes: a logged-in person (scope
// checked, version and key given), the appellant with number and code (no scope: the caller has
// checked the code), the watcher (the system; neither version nor key).
struct ActCommand {
    std::string ticket_no;
    ticketing::ActRequest request;
    std::string parent_no;                       // merge: the ticket it goes into
    std::optional<std::uint32_t> if_match;       // the version the actor has seen
    std::optional<std::string> idempotency_key;  // per user; the appellant's per ticket
    ticketing::Digest body_hash{};               // of the request body, for the key
    bool check_scope = true;                     // may_see() or not_found
    std::optional<mysql::Attachment> file;       // attach: stored already, its row to be written
    std::optional<std::uint64_t> release;        // attach: the held file to be opened (A10)
};

struct ActOutcome {
    ticketing::Ticket before;  // equal to `after` when replayed
    ticketing::Ticket after;
    bool replayed = false;   // the key had been used for this very act: nothing was written
    std::uint32_t file = 0;  // attach: the file's number within the ticket
};

// The deed, inside the caller's transaction: locks the ticket, asks permissions and lifecycle,
// writes ticket, sealed events, clocks, work rows and the key. What follows from an act happens
// with it: an approved return is routed anew and dispatched where that is possible; a merge is
// counted and logged on the parent; a dispatch without an official gets the router's; a file that
// was sent before is the one that is there. Errors: not_found, stale_version,
// idempotency_key_reused, unknown_reference (field parent_ticket_no), decide()'s
// (not_allowed_in_state with the allowed acts as detail, forbidden, guard_failed with the guard's
// name) and the stores'.
Result<ActOutcome> record_act(
    mysql::Connection& db,
    const ActCommand& command,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
);

// Read in the same transaction, after the act; runs again when the transaction does.
using AlsoRead = std::function<Result<void>(mysql::Connection&, const ActOutcome&)>;

// The same as one job of the pool; moves the desks' loads when it is committed. An unknown outcome
// is asked for again when there is a key.
boost::asio::awaitable<Result<ActOutcome>> record_act(
    mysql::Pool& pool,
    const CitySource& city,
    DeskLoads& loads,
    ActCommand command,
    ticketing::Instant now,
    AlsoRead also_read = {}
);

}  // namespace hotline::actions
