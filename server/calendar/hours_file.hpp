#pragma once

#include "server/calendar/versions.hpp"
#include "ticketing/types/directory.hpp"

#include <string_view>

namespace hotline::calendar {

// The name under which a file replaces the hours of everybody who has none of his own.
inline constexpr std::string_view usual_name = "usual";

// A named calendar's text over the days of its version: its own holidays and workdays go before the
// notices', everything else of `days` stays.
Result<sla::CalendarData> named_calendar(std::string_view body, const sla::CalendarData& days);

// Lays a file of hours (see versions.hpp) over the proposal's version; what is wrong with it
// becomes a problem.
void propose_hours(
    Proposal& proposal, std::string_view bytes, const ticketing::Directory& directory
);

}  // namespace hotline::calendar
