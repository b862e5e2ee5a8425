#include "ticketing/published.hpp"

namespace hotline::ticketing {

bool tells_outside(const Ticket& ticket) {
    const bool accuses = ticket.type == AppealType::complaint ||
                         ticket.type == AppealType::report || ticket.complained_unit;
    return !accuses && !ticket.appellant.confidential && !ticket.needs_entry &&
           ticket.state != State::draft;
}

bool is_published(const Ticket& ticket) {
    return tells_outside(ticket) && ticket.state != State::withdrawn;
}

}  // namespace hotline::ticketing
