#include "ticketing/types/unit_calendars.hpp"

#include <utility>

namespace hotline::ticketing {

UnitCalendars::UnitCalendars(
    std::map<std::string, sla::Calendar> named, std::unordered_map<std::uint64_t, std::string> units
)
    : named_(std::move(named)), units_(std::move(units)) {}

const sla::Calendar* UnitCalendars::of(UnitId unit, const Directory& directory) const {
    if (units_.empty()) return nullptr;
    for (const UnitId above : directory.lineage(unit)) {
        const auto own = units_.find(above.value);
        if (own == units_.end()) continue;
        const auto calendar = named_.find(own->second);
        return calendar == named_.end() ? nullptr : &calendar->second;
    }
    return nullptr;
}

}  // namespace hotline::ticketing
