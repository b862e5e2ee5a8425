#include "ticketing/lifecycle/merging.hpp"

namespace hotline::ticketing {

bool same_enterprise(const Ticket& a, const Ticket& b) {
    return a.enterprise && a.enterprise == b.enterprise;
}

bool same_caller(const Ticket& a, const Ticket& b) {
    return !a.appellant.phone.empty() && a.appellant.phone == b.appellant.phone;
}

bool fits_as_parent(const Ticket& parent, const Ticket& child) {
    const bool answered_for = parent.state != State::archived && parent.state != State::merged &&
                              parent.state != State::declined && parent.state != State::withdrawn;
    return (same_enterprise(parent, child) || same_caller(parent, child)) && answered_for;
}

}  // namespace hotline::ticketing
