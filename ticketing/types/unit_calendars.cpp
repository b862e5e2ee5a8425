#include "ticketing/types/unit_calendars.hpp"

#include <utility>

namespace hotline::ticketing {

UnitCalendars::UnitCalendars(
    std::map<std::string, sla::Calendar> named, std::unordered_map<std::uint64_t, std::string> units
)
    : named_(std::move(named)), units_(std::move(units)) {}

const sla::Calendar* UnitCalendars::of(UnitId unit, const Directory& directory) const {
    if (units_.empty()) return nullptr;
    // A directory whose units stand above each other in a ring must not hold us up.
    constexpr int deepest = 16;
    for (int level = 0; unit && level < deepest; ++level) {
        if (const auto own = units_.find(unit.value); own != units_.end()) {
            const auto calendar = named_.find(own->second);
            return calendar == named_.end() ? nullptr : &calendar->second;
        }
        const Unit* found = directory.unit(unit);
        unit = found == nullptr ? UnitId{} : found->parent;
    }
    return nullptr;
}

}  // namespace hotline::ticketing
