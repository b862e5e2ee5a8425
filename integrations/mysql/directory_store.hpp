#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/calendar.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <string>

namespace hotline::mysql {

enum class Cards { read, left_out };

// The whole city, indexed, as it stands in the tables: divisions, units, officials with leave and
// turns of duty of `day`, duties, active cards. Reads every row; for the start of a server and
// after a change. Unsound entries are in it: organisation::make_sound().
Result<ticketing::Directory> read_directory(
    Connection& db, sla::LocalDay day, Cards cards = Cards::read
);

// Days off and make-up workdays, of the newest loaded version.
// The days one version of the calendar rules, in order; none when there is no such version.
Result<std::vector<sla::DayRule>> read_calendar_days(Connection& db, std::uint32_t version);
Result<sla::CalendarData> read_calendar(Connection& db);

}  // namespace hotline::mysql
