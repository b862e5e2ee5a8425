#include "integrations/telephony/staffing.hpp"

#include <cmath>

namespace hotline::telephony {
namespace {

// B(n) from B(n−1): no factorials, so no overflow at any size.
double next_blocked(double erlangs, int agents, double blocked_before) {
    return erlangs * blocked_before / (agents + erlangs * blocked_before);
}

Service service_with(const Load& load, int agents, double blocked, double within_s) {
    const double erlangs = load.erlangs();
    const double spare = agents - erlangs;
    Service service;
    service.agents = agents;
    service.blocked = blocked;
    service.occupancy = erlangs / agents;
    service.waits = blocked / (1 - service.occupancy * (1 - blocked));
    if (erlangs == 0) {
        service.in_time = 1;
        return service;
    }
    service.in_time = 1 - service.waits * std::exp(-spare * within_s / load.handling_s);
    service.mean_wait_s = service.waits * load.handling_s / spare;
    service.waiting = service.waits * erlangs / spare;
    return service;
}

}  // namespace

double Load::erlangs() const {
    const bool any = calls > 0 && period_s > 0 && handling_s > 0;
    return any ? calls / period_s * handling_s : 0;
}

std::optional<Service> service_of(const Load& load, int agents, double within_s) {
    const double erlangs = load.erlangs();
    if (agents <= erlangs || agents > most_agents) return std::nullopt;
    double blocked = 1;
    for (int n = 1; n <= agents; ++n) blocked = next_blocked(erlangs, n, blocked);
    return service_with(load, agents, blocked, within_s);
}

std::optional<int> agents_for(const Load& load, const Promise& promise) {
    const double erlangs = load.erlangs();
    if (erlangs == 0) return 0;
    double blocked = 1;
    for (int n = 1; n <= most_agents; ++n) {
        blocked = next_blocked(erlangs, n, blocked);
        if (n <= erlangs) continue;
        // What rounds to certainty is none.
        const Service service = service_with(load, n, blocked, promise.within_s);
        if (service.in_time >= promise.share && promise.share < 1) return n;
    }
    return std::nullopt;
}

}  // namespace hotline::telephony
