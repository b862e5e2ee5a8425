#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/calendar/versions.hpp"
#include "server/city.hpp"
#include "server/policy/proposal.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotline::actions {

// What would be in force with a proposal, to look at its effect; the city outlives it. The
// directory is not copied: with the cards of all enterprises it is the largest part of a city.
class ProposedRules {
public:
    ProposedRules(const City& present, const policy::Proposal& proposal);
    ProposedRules(const City& present, calendar::Calendars calendars);

    ticketing::Surroundings at(ticketing::Instant now) const;

private:
    const ticketing::Directory& directory_;
    sla::Policy policy_;
    ticketing::UnitPolicies unit_policies_;
    calendar::Calendars calendars_;
};

// What came of it.
struct Enacted {
    std::uint32_t version = 0;
    std::optional<std::uint64_t> job;  // the recomputation that was asked for with it
};

struct Enactment {
    ticketing::UserId by;
    std::string note;            // why; stands with the version and in the log of moved tickets
    std::uint32_t based_on = 0;  // the newest version its author saw
    bool recompute = false;      // due dates that were given follow (S43)
};

// Adds a set of limits as the next version, in force from `valid_from`, inside the caller's
// transaction. stale_version when there is a newer one than `based_on`; validation_failed for a
// text that propose() finds faulty or that changes nothing.
Result<Enacted> enact_policy(
    mysql::Connection& db,
    const std::string& text,
    const Enactment& how,
    ticketing::Instant valid_from,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

// The same with a file of days off or office hours.
struct CalendarFile {
    std::string bytes;
    std::string name;
    std::optional<std::chrono::year> only;  // take no other year out of it
};
Result<Enacted> enact_calendar(
    mysql::Connection& db, const CalendarFile& file, const Enactment& how, ticketing::Instant now
);

}  // namespace hotline::actions
