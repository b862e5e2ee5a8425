#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

struct DeadLetterRow {
    std::string stream_id;
    ticketing::TicketId ticket;
    std::string payload;
    std::string error;
    ticketing::Instant at;

    // filled when read
    std::uint64_t id = 0;
    std::string ticket_no;
    std::optional<ticketing::Instant> requeued_at;
};

Result<std::optional<DeadLetterRow>> find_dead_letter(Connection& db, std::string_view stream_id);
Result<std::optional<DeadLetterRow>> lock_dead_letter(Connection& db, std::uint64_t id);
Result<void> add_dead_letter(Connection& db, const DeadLetterRow& letter);
// Newest first.
Result<std::vector<DeadLetterRow>> list_dead_letters(Connection& db, std::size_t limit);
Result<void> mark_requeued(
    Connection& db, std::uint64_t id, ticketing::UserId by, ticketing::Instant at
);

}  // namespace hotline::mysql
