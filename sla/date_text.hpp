#pragma once

#include "sla/local_time.hpp"

#include <string>

namespace hotline::sla {

// "2026-09-30" (ISO 8601 calendar date), years 0 to 9999.
std::string date_text(LocalDay day);

// "2026-09-30T15:20:00.000" with `between` for the T, UTC, years 0 to 9999. By hand: every line of
// a list and every row of a ticket has several of them.
std::string instant_text(Instant instant, char between);

}  // namespace hotline::sla
