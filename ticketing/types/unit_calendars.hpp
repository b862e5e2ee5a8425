#pragma once

#include "sla/calendar.hpp"
#include "ticketing/types/directory.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

namespace hotline::ticketing {

// Calendars that some units keep instead of the usual one: a weekend desk (周末不打烊), other hours
// (S33).
class UnitCalendars {
public:
    UnitCalendars() = default;
    // `units`: UnitId.value → a name of `named`.
    UnitCalendars(
        std::map<std::string, sla::Calendar> named,
        std::unordered_map<std::uint64_t, std::string> units
    );

    // The calendar of the unit or, when it has none, of the nearest unit above it that has one;
    // nullptr: the usual one.
    const sla::Calendar* of(UnitId unit, const Directory& directory) const;

private:
    std::map<std::string, sla::Calendar> named_;
    std::unordered_map<std::uint64_t, std::string> units_;
};

}  // namespace hotline::ticketing
