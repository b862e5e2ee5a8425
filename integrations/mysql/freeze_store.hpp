#pragma once

#include "integrations/mysql/checkpoint_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "sla/dimension.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Periods as they were published: written once, never changed. A correction is the next revision.
namespace hotline::mysql {

struct Freeze {
    std::uint64_t id = 0;
    sla::LocalDay from;
    sla::LocalDay to;
    int revision = 1;
    ticketing::Instant at;
    ticketing::UserId by;  // none: at the command line
    std::string by_name;
    std::string reason;  // of a correction
    int calendar_version = 0;
    int policy_version = 0;
    std::string definitions;  // "closing_rate 1,on_time_rate 1,…"
    std::uint32_t figures = 0;
    std::uint32_t tickets = 0;
    ticketing::Digest digest{};
    std::string signature;
};

// Newest period first, of each the newest revision first.
Result<std::vector<Freeze>> list_freezes(Connection& db);
Result<std::optional<Freeze>> find_freeze(Connection& db, std::uint64_t id);
// The last revision of exactly this period.
Result<std::optional<Freeze>> last_revision(Connection& db, sla::LocalDay from, sla::LocalDay to);

// Gives the freeze its id. conflict when another wrote the same revision first. `evidence` is what
// each ticket's log said: its last event counted, in order of ticket.
Result<void> insert_freeze(
    Connection& db,
    Freeze& freeze,
    const sla::PeriodFigures& figures,
    std::span<const ChainHead> evidence
);

Result<sla::PeriodFigures> read_figures(Connection& db, std::uint64_t freeze);
// From after `after` on, in order of ticket.
Result<std::vector<ChainHead>> read_evidence(
    Connection& db, std::uint64_t freeze, ticketing::TicketId after, std::size_t limit
);

// Tickets that count in the months of a period, or wait to be counted: whoever could belong to it.
Result<std::vector<ticketing::TicketId>> tickets_of_period(
    Connection& db, sla::LocalDay from, sla::LocalDay to
);

}  // namespace hotline::mysql
