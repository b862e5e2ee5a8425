#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/plan.hpp"
#include "ticketing/notices/roster.hpp"
#include "ticketing/types/event.hpp"

#include <cstdint>
#include <span>
#include <vector>

// From a change to who is told of it: rows of notice_todo become rows of notice.
namespace hotline::mysql {

// After telling: what of these outbox rows may concern anybody is put up for the notices, in their
// order, then they are deleted. What nobody is told of ends here. A row that is gone, because
// another server handed it on or an unknown COMMIT went well, is not handed on again. One
// transaction.
Result<void> hand_on_outbox(Connection& db, std::span<const std::uint64_t> ids);

struct NoticeTodo {
    std::uint64_t id = 0;
    ticketing::Event event;
};

// The most urgent first, locked until the transaction ends; rows another one has in hand are passed
// over.
Result<std::vector<NoticeTodo>> take_notice_todo(Connection& db, std::size_t limit);
Result<void> delete_notice_todo(Connection& db, std::span<const std::uint64_t> ids);
// How many wait, counting no further than `most`.
Result<std::size_t> notice_todo_length(Connection& db, std::size_t most);

// Everybody with an account that is not disabled.
Result<ticketing::notices::Roster> read_roster(Connection& db);

struct NewNotice {
    ticketing::TicketId ticket;  // none: a bulletin or a summary
    std::uint64_t seq = 0;
    ticketing::notices::Told told;
    ticketing::Urgency urgency = ticketing::Urgency::normal;
    std::uint32_t matters = 0;
    ticketing::Instant at;       // of the event
    ticketing::Instant made_at;  // due from then on
};

// Those that are there already stay as they are.
Result<void> insert_notices(Connection& db, std::span<const NewNotice> notices);

// A notice that is not acknowledged.
struct OpenNotice {
    std::uint64_t id = 0;
    ticketing::TicketId ticket;
    ticketing::UserId receiver;
    ticketing::notices::Occasion occasion{};
    ticketing::notices::Standing standing{};
    std::size_t rung = 0;
    ticketing::Instant at;
    bool due = false;  // something is still to be done about it
};
Result<std::vector<OpenNotice>> open_notices(
    Connection& db, const std::vector<ticketing::TicketId>& tickets
);

// Ended ones are left as they are, but for the acknowledgement.
Result<void> end_notices(
    Connection& db, const std::vector<std::uint64_t>& ids, ticketing::notices::Ending ending
);
Result<void> acknowledge_notices(
    Connection& db, const std::vector<std::uint64_t>& ids, ticketing::Instant at
);

}  // namespace hotline::mysql
