#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <vector>

namespace hotline::actions {

struct Derived {
    std::size_t rows = 0;  // of work done; as many as asked for: more may wait
    std::size_t tickets = 0;
    std::vector<ticketing::TicketId> unreadable;  // whose log gives no facts; `check` tells more
};

// The deed: takes up to `limit` rows of work and brings the roll-ups and the facts of their tickets
// up to their logs; whoever follows texts is told which were written. One transaction; running it
// again, or beside another server, counts nothing twice: what a ticket added before is remembered
// with it (S26).
Result<Derived> derive_tickets(mysql::Connection& db, std::size_t limit);

}  // namespace hotline::actions
