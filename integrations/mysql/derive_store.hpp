#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/counted_months.hpp"
#include "sla/rollup_cut.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

// What is derived from the event logs and may be rebuilt from them: facts and daily roll-ups. Only
// the derive worker writes here, tables in the order of these functions, rows in the order of their
// keys, so that several workers wait for each other and never in a circle.
namespace hotline::mysql {

// Work taken from derive_todo: locked until the end of the transaction, unseen by other workers.
struct DeriveWork {
    std::vector<std::uint64_t> rows;                        // of derive_todo
    std::map<ticketing::TicketId, std::uint32_t> upto_seq;  // as far as each ticket's log goes
};
Result<DeriveWork> take_derive_work(Connection& db, std::size_t limit);
Result<void> finish_derive_work(Connection& db, std::span<const std::uint64_t> rows);
// From the oldest row waiting to the newest: as many rows wait, or fewer.
Result<std::uint64_t> derive_backlog(Connection& db);

// What a ticket last added to the roll-ups, or is still to add since its birth. upto_seq 0 and no
// text: nothing yet.
struct StoredFacts {
    std::uint32_t upto_seq = 0;
    bool counted = true;
    std::string facts;  // ticketing/facts_text.hpp
};

// Locks the tickets' facts, making empty rows where there are none. `tickets` ascending.
Result<std::map<ticketing::TicketId, StoredFacts>> lock_facts(
    Connection& db, std::span<const ticketing::TicketId> tickets
);
// They are in the roll-ups from now on.
Result<void> store_facts(Connection& db, const std::map<ticketing::TicketId, StoredFacts>& facts);
// The same of facts that are stored already. `tickets` ascending.
Result<void> set_counted(Connection& db, std::span<const ticketing::TicketId> tickets);

// The logs of several tickets, by ticket and seq.
Result<std::vector<ticketing::Event>> read_events(
    Connection& db, std::span<const ticketing::TicketId> tickets
);

Result<void> add_to_rollups(Connection& db, const sla::Rollups& changes);

// What a ticket counts in during a month (sla::counted_months); no metrics: in none any more.
using SourceKey = std::pair<sla::LocalDay, ticketing::TicketId>;
Result<void> store_sources(Connection& db, const std::map<SourceKey, sla::MonthBits>& changed);

// Notes for the next checkpoint that these chains grew. `tickets` ascending.
Result<void> note_moved_chains(Connection& db, std::span<const ticketing::TicketId> tickets);

}  // namespace hotline::mysql
