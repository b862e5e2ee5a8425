#pragma once

#include "integrations/mysql/calendar_store.hpp"
#include "server/calendar/notice.hpp"
#include "ticketing/types/unit_calendars.hpp"

#include <string_view>
#include <vector>

namespace hotline::calendar {

// What the newest version in the database comes to.
struct Calendars {
    sla::Calendar usual;
    ticketing::UnitCalendars units;
};

// `internal` with a sentence when the version makes no sense.
Result<Calendars> build(const mysql::CalendarVersion& version);
Result<Calendars> read_calendars(mysql::Connection& db);

// The calendar that comes with the program: the days of integrations/mysql/reference, usual hours.
// For asking where no database can be reached.
Result<sla::Calendar> delivered_calendar();

// Office hours to be laid over the present version:
//   {"calendars":{"usual":{"week":…},"weekend":{"week":…,"date_hours":…}},
//    "units":{"city.housing":"weekend"}}
// with calendars as in calendar_json.hpp. It replaces all named calendars and all units' choices.
bool is_hours_file(std::string_view bytes);

// What a file would make of the newest version.
struct Proposal {
    mysql::CalendarVersion version;  // with the next number
    std::vector<DayChange> changes;
    std::vector<std::chrono::year> new_years;
    std::vector<Words> hours_changes;
    std::vector<NoticeProblem> problems;  // any: it must not be added
    std::vector<NoticeProblem> remarks;
    std::string source;

    bool changes_nothing() const {
        return changes.empty() && new_years.empty() && hours_changes.empty();
    }
};

// `only`: take no other year out of a notice that has several.
Result<Proposal> propose(
    mysql::Connection& db,
    std::string_view bytes,
    std::string_view file_name,
    std::optional<std::chrono::year> only
);

// Adds the proposal as a new version inside the caller's transaction. `conflict` when another
// version was added since it was made. Due dates that were given stay as they are (S15).
Result<void> add(mysql::Connection& db, const Proposal& proposal, ticketing::Instant now);

}  // namespace hotline::calendar
