#pragma once

#include "ticketing/types/ids.hpp"

namespace simulated_quarter {

using hotline::ticketing::Instant;

// Monday to Friday, nine to five, without holidays: enough for desks that fill and empty. Limits
// and their calendar have simulations of their own (tests/simulated_year).
bool works(std::chrono::sys_days day);

// The moment at which so many minutes of work are done.
Instant after_work(Instant from, std::chrono::minutes work);

}  // namespace simulated_quarter
