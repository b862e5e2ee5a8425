#pragma once

#include "ticketing/router/matter.hpp"
#include "ticketing/types/ticket.hpp"

#include <mutex>

namespace hotline {

// What lies on each official's desk, kept in memory for the router: read from the database now and
// then (workers/desk_loads), moved along by our own acts in between. Good enough to spread work;
// nothing is decided by it that could not be reassigned. Any thread.
class DeskLoads {
public:
    ticketing::Loads copy() const;
    void replace(ticketing::Loads loads);
    // A ticket went from one desk to another, or off the desks.
    void moved(const ticketing::Ticket& before, const ticketing::Ticket& after);
    void placed(const ticketing::Ticket& ticket);

private:
    mutable std::mutex mutex_;
    ticketing::Loads loads_;
};

}  // namespace hotline
