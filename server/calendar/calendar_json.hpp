#pragma once

#include "sla/calendar.hpp"
#include "ticketing/errors.hpp"

#include <boost/json/value.hpp>

namespace hotline::calendar {

// A calendar as JSON:
//   {"tz_offset_minutes":480,
//    "week":{"mon":[["09:00","12:00"],["14:00","18:00"]],…,"sat":[["10:00","24:00"]]},
//    "holidays":["2026-10-01"],"workdays":["2026-10-10"],
//    "date_hours":{"2026-12-31":[["09:00","12:00"]]},
//    "working_weekdays":["mon","tue","wed","thu","fri"]}
// `week` is required, a weekday left out is closed; the rest may be missing. Without
// `working_weekdays` a working day is a date with office hours (S30). Holidays win over make-up
// days. Intervals may stand in any order but not overlap; other keys are not looked at. An Error's
// detail names the place and what is wrong there.
Result<sla::CalendarData> calendar_data(const boost::json::value& json);

}  // namespace hotline::calendar
