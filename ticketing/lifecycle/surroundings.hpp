#pragma once

#include "sla/calendar.hpp"
#include "sla/policy.hpp"
#include "ticketing/types/directory.hpp"

namespace hotline::ticketing {

// All that a decision may know besides the ticket and the request.
struct Surroundings {
    const Directory& directory;
    const sla::Policy& policy;
    const sla::Calendar& calendar;
    Instant now;
};

}  // namespace hotline::ticketing
