#pragma once

#include "integrations/mysql/connection.hpp"
#include "sla/calendar.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::mysql {

// A calendar with a name of its own, as text (server/calendar/calendar_json.hpp).
struct NamedCalendar {
    std::string name;
    std::string body;

    bool operator==(const NamedCalendar&) const = default;
};

struct UnitCalendar {
    ticketing::UnitId unit;
    std::string name;  // of a NamedCalendar of the same version

    bool operator==(const UnitCalendar&) const = default;
};

// One version of everything that says when the offices work. A version never changes; a change is
// a new version.
struct CalendarVersion {
    sla::CalendarData usual;  // its number, years and days; hours as delivered
    std::vector<NamedCalendar> named;
    std::vector<UnitCalendar> units;
};

// A version as a list shows it.
struct CalendarVersionLine {
    std::uint32_t version = 0;
    std::string years;  // "2024,2025,2026"
    std::string source;
    ticketing::Instant loaded_at;
};

// Newest first.
Result<std::vector<CalendarVersionLine>> list_calendar_versions(Connection& db);

// The newest version's number, 0 when there is none. Cheap enough to ask every second.
Result<std::uint32_t> newest_calendar_version(Connection& db);
// The newest version.
Result<CalendarVersion> read_calendar_version(Connection& db);
// Adds a version inside the caller's transaction. `conflict` when somebody else added one with this
// number meanwhile.
Result<void> insert_calendar_version(
    Connection& db, const CalendarVersion& version, std::string_view source, ticketing::Instant now
);

}  // namespace hotline::mysql
