#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/published.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

struct PublishedFilter {
    std::vector<std::string> topics;       // empty: any
    std::vector<ticketing::State> states;  // empty: any
    ticketing::Instant from;
    ticketing::Instant to;  // this instant included
};

// The published ones (ticketing::is_published, A14) accepted in that time, newest first.
Result<std::vector<ticketing::PublishedTicket>> list_published(
    Connection& db, const PublishedFilter& filter, std::size_t limit
);

// Those of these numbers that are published; what is not, and what is no number, is left out.
Result<std::vector<ticketing::PublishedTicket>> published_by_number(
    Connection& db, std::span<const std::string> numbers
);

}  // namespace hotline::mysql
