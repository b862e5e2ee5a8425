#pragma once

#include "integrations/mysql/connection.hpp"
#include "tests/bench/instance.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace hotline::bench {

// One ticket in fifty thousand has it.
inline constexpr std::string_view rare_word = "琉璃瓦窑";

// A telephone number that some forty of a million tickets have.
std::string phone_of(std::uint64_t n);

// A ticket that was laid down: what its figures are told apart by.
struct LaidTicket {
    std::uint64_t id = 0;
    ticketing::Instant accepted_at;
    std::uint8_t type = 0;
    std::string division;
    std::string topic;
    std::uint64_t unit = 0;
    std::uint64_t official = 0;
};

struct SearchFilling {
    std::uint64_t tickets = 1'000'000;
    unsigned open_percent = 2;  // the rest is archived
    // What else is to be laid down of a batch, in its transaction.
    std::function<void(mysql::Connection&, std::span<const LaidTicket>)> also;
};

// Puts invented tickets of the last year under those there are, and their words and numbers into
// the indexes, as the server would have by and by. Of the tickets themselves only their rows:
// nobody acts on them.
void fill_search(const Instance& instance, const SearchFilling& filling);

}  // namespace hotline::bench
