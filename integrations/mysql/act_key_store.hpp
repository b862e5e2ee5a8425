#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hotline::mysql {

// An act done under an idempotency key. `user` is none for appellants: their keys carry the
// ticket's number.
struct ActKey {
    ticketing::UserId user;
    std::string key;
    ticketing::Digest body_hash{};
    ticketing::TicketId ticket;
    std::uint32_t seq = 0;  // the event the act became
    ticketing::Instant at;
};

enum class KeyUse {
    fresh,       // noted now, in the caller's transaction
    replayed,    // known, for the same ticket and body
    other_body,  // known, for something else
};

Result<KeyUse> note_act_key(Connection& db, const ActKey& key);

// Forgets keys older than `before`, at most `limit`; the number forgotten.
Result<std::uint64_t> forget_act_keys(Connection& db, ticketing::Instant before, std::size_t limit);

}  // namespace hotline::mysql
