#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/event.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Signed statements over the heads of the event chains: what was in the log at that time can no
// more be changed or taken out unseen, not even with the whole ticket.
namespace hotline::mysql {

struct ChainHead {
    ticketing::TicketId ticket;
    std::uint32_t seq = 0;
    ticketing::Digest hash{};

    bool operator==(const ChainHead&) const = default;
};

struct Checkpoint {
    std::uint64_t id = 0;  // 1, 2, 3 … without a gap
    ticketing::Instant at;
    std::uint32_t entries = 0;
    ticketing::Digest digest{};  // over the digest before and the entries
    std::string signature;
};

Result<std::optional<Checkpoint>> last_checkpoint(Connection& db);

// The heads of up to `limit` chains that grew since they were last taken, by ticket; they are no
// longer noted as moved when the transaction is committed.
Result<std::vector<ChainHead>> take_moved_chains(Connection& db, std::size_t limit);

// conflict (duplicate PRIMARY) when another server wrote the same id first.
Result<void> insert_checkpoint(
    Connection& db, const Checkpoint& checkpoint, std::span<const ChainHead> heads
);

// All checkpoints, oldest first.
Result<std::vector<Checkpoint>> read_checkpoints(Connection& db);

// Every entry, by checkpoint and ticket, with the hash the log has today at that place; nothing
// when the event or its ticket is gone.
using EntrySink = std::function<
    void(std::uint64_t checkpoint, const ChainHead&, const std::optional<ticketing::Digest>& now)>;
Result<void> for_each_checkpoint_entry(Connection& db, const EntrySink& sink);

}  // namespace hotline::mysql
