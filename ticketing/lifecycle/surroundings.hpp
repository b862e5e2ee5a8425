#pragma once

#include "sla/calendar.hpp"
#include "sla/policy.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/unit_calendars.hpp"
#include "ticketing/types/unit_policies.hpp"

namespace hotline::ticketing {

// All that a decision may know besides the ticket and the request.
struct Surroundings {
    const Directory& directory;
    const sla::Policy& policy;  // what holds for everybody
    const sla::Calendar& calendar;
    Instant now;
    const UnitCalendars* unit_calendars = nullptr;  // nothing: all keep `calendar`
    const UnitPolicies* unit_policies = nullptr;    // nothing: `policy` holds for all

    // The calendar a unit's limits run by (S33).
    const sla::Calendar& calendar_of(UnitId unit) const {
        const auto* own = unit_calendars == nullptr ? nullptr : unit_calendars->of(unit, directory);
        return own == nullptr ? calendar : *own;
    }

    // The limits a unit has (S42).
    const sla::Policy& policy_of(UnitId unit) const {
        const auto* own = unit_policies == nullptr ? nullptr : unit_policies->of(unit, directory);
        return own == nullptr ? policy : *own;
    }
};

}  // namespace hotline::ticketing
