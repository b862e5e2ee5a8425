#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/counted_months.hpp"
#include "sla/rollup_cut.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/state.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

// Reading everything to prove that the database is what it must be. Nothing here writes. All of a
// proof runs on one snapshot, so that it may run beside the working server.
namespace hotline::mysql {

// From here to the end of the transaction the connection sees the database as it is now.
Result<void> begin_snapshot(Connection& db);
Result<void> end_snapshot(Connection& db);

// One count of rows that ought not to be there, with the first of them for the report.
struct Finding {
    std::uint64_t count = 0;
    std::string first;  // a ticket's number or another key; "" when there is none
};

Result<std::uint64_t> count_tickets(Connection& db);
// Appeal keys that two tickets share.
Result<Finding> shared_keys(Connection& db);
// Further numbers that lead to no ticket, or that are another ticket's own.
Result<Finding> lost_aliases(Connection& db);
// Appeals put aside whose stub is gone.
Result<Finding> lost_dead_letters(Connection& db);
// Tickets without any event.
Result<Finding> tickets_without_log(Connection& db);
// Open tickets nobody waits for: no clock running, fired or parked.
Result<Finding> open_without_clock(Connection& db);
// Work that should have been done by `before`.
Result<Finding> untold_events(Connection& db, ticketing::Instant before);
// G17: notices and deliveries without an end and without a time at which they go on, or whose time
// has long passed.
Result<Finding> unended_notices(Connection& db, ticketing::Instant before);
// Changes nobody was told of.
Result<Finding> undelivered_events(Connection& db, ticketing::Instant before);
Result<Finding> underived_tickets(Connection& db, ticketing::Instant before);
Result<Finding> unindexed_tickets(Connection& db, ticketing::Instant before);
Result<Finding> unfired_clocks(Connection& db, ticketing::Instant before);

// Every number with its ticket's id, for the check digits.
using NumberSink = std::function<void(std::string_view number, ticketing::TicketId ticket)>;
Result<void> for_each_number(Connection& db, const NumberSink& sink);

// What the ticket's row says of the end of its log, and up to where the roll-ups have it.
struct RowHead {
    bool there = false;  // false: the ticket's row is gone
    std::uint32_t last_seq = 0;
    ticketing::Digest last_hash{};
    ticketing::State state = ticketing::State::draft;
    std::uint32_t derived_upto = 0;
    // Beside the last event of a log that holds all of the row that may be in it.
    std::optional<ticketing::Ticket> row;
};

// Every event of every ticket, ticket after ticket, oldest first.
using EventSink = std::function<void(ticketing::Event, const RowHead&)>;
Result<void> for_each_event(Connection& db, const EventSink& sink);

Result<sla::Rollups> read_rollups(Connection& db);  // without those that are zero
// In which metrics each ticket is kept to count, by month.
using Sources = std::map<std::pair<sla::LocalDay, std::uint64_t>, sla::MonthBits>;
Result<Sources> read_sources(Connection& db);
Result<std::unordered_set<std::uint64_t>> tickets_to_derive(Connection& db);

}  // namespace hotline::mysql
