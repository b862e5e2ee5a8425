#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/kpi.hpp"
#include "sla/local_time.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/state.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

// The tickets behind the figures: which ones count in a month, with the facts they count by.
namespace hotline::mysql {

// Where a list of sources has got to. A ticket comes once for every month it counts in.
struct SourcePlace {
    sla::LocalDay month;  // its first day
    ticketing::TicketId ticket;

    auto operator<=>(const SourcePlace&) const = default;
};

struct Source {
    SourcePlace place;
    std::string facts;  // ticketing/facts_text.hpp
};

// Days of China, both ends included; any of `metrics` (sla::bit_of), and a case that did not make
// the numerator of `unmet` (of rows written before that was kept: whatever they have). By month and
// ticket, from after `after` on.
struct SourceRange {
    sla::LocalDay from;
    sla::LocalDay to;
    std::uint64_t metrics = ~std::uint64_t{0};
    std::optional<sla::RateCode> unmet = {};
    std::optional<SourcePlace> after = {};
};
Result<std::vector<Source>> list_sources(
    Connection& db, const SourceRange& range, std::size_t limit
);
// Counted up to `limit` only.
Result<std::uint64_t> count_sources(Connection& db, const SourceRange& range, std::uint64_t limit);

// What a list of sources says of a ticket besides its number.
struct SourceTicket {
    std::string number;
    ticketing::State state = ticketing::State::draft;
    bool visible = false;  // within the asker's scope
};
Result<std::map<ticketing::TicketId, SourceTicket>> read_source_tickets(
    Connection& db, std::span<const ticketing::TicketId> tickets, const ticketing::Scope& scope
);

}  // namespace hotline::mysql
