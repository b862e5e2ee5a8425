#include "server/desk_loads.hpp"

namespace hotline {
namespace {

// Until it is submitted a ticket lies on its handler's desk.
bool on_desk(const ticketing::Ticket& ticket) {
    using ticketing::State;
    return ticket.official &&
           (ticket.state == State::dispatched || ticket.state == State::handling ||
            ticket.state == State::return_pending);
}

double weight(const ticketing::Ticket& ticket) {
    return ticketing::desk_weight(ticket.urgency, ticket.complexity);
}

void lay(ticketing::OfficialDesk& desk, const ticketing::Ticket& ticket, bool newly_given) {
    desk.open_weighted += weight(ticket);
    if (newly_given) desk.given += 1;
}

}  // namespace

ticketing::Loads DeskLoads::copy() const {
    const std::lock_guard lock(mutex_);
    return loads_;
}

void DeskLoads::replace(ticketing::Loads loads) {
    const std::lock_guard lock(mutex_);
    loads_ = std::move(loads);
}

void DeskLoads::moved(const ticketing::Ticket& before, const ticketing::Ticket& after) {
    const std::lock_guard lock(mutex_);
    if (on_desk(before)) loads_[before.official.value].open_weighted -= weight(before);
    if (on_desk(after)) lay(loads_[after.official.value], after, after.official != before.official);
}

void DeskLoads::placed(const ticketing::Ticket& ticket) {
    const std::lock_guard lock(mutex_);
    if (on_desk(ticket)) lay(loads_[ticket.official.value], ticket, true);
}

}  // namespace hotline
