#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/calendar.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <string>

namespace hotline::mysql {

// The whole city, indexed: divisions, units, officials, duties, active cards. Reads every row; for
// the start of a server and after a change. `version` tells one content from another.
Result<ticketing::Directory> read_directory(Connection& db);

// Days off and make-up workdays, of the newest loaded version.
Result<sla::CalendarData> read_calendar(Connection& db);

}  // namespace hotline::mysql
