#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Blind index: which tickets have a telephone number or a credit code. Only what stands for the
// number is here (integrations/crypto/blind_index); whoever finds a ticket by it looks at the
// ticket's own number as well, because what a ticket no longer says stays in the index.
namespace hotline::mysql {

// The numbers of a ticket as it keeps them; empty: none.
struct PersonNumbers {
    ticketing::TicketId ticket;
    std::string phone;
    std::string code;
};
Result<std::vector<PersonNumbers>> read_person_numbers(
    Connection& db, std::span<const ticketing::TicketId> tickets
);
// Those of at most `limit` tickets behind `after`, by id.
Result<std::vector<PersonNumbers>> next_person_numbers(
    Connection& db, std::uint64_t after, std::size_t limit
);

struct PersonKey {
    std::string mac;  // sixteen bytes
    ticketing::TicketId ticket;
};
Result<void> write_person_keys(Connection& db, std::span<const PersonKey> keys);

// How many were deleted, `limit` at most.
Result<std::uint64_t> forget_person_keys(Connection& db, std::size_t limit);

// The newest first, only ids below `below`.
Result<std::vector<std::uint64_t>> tickets_of_person(
    Connection& db, std::string_view mac, std::uint64_t below, std::size_t limit
);

}  // namespace hotline::mysql
