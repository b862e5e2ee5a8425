#include "ticketing/lifecycle/successors.hpp"

#include "ticketing/router/officials.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing {
namespace {

constexpr std::string_view government_office = "gov_office";

// The divisions above a unit's own, the nearest first.
const Division* above(const Division* division, const Directory& directory) {
    return division == nullptr ? nullptr : directory.division(division->parent);
}

const Unit* counterpart_above(
    const Unit& unit, std::string_view function, const Directory& directory
) {
    const Division* place = above(directory.division(unit.division), directory);
    for (int levels = 0; place != nullptr && levels < 4; ++levels) {
        const Unit* found = directory.unit_for(function, place->code);
        if (found != nullptr) return found;
        place = above(place, directory);
    }
    return nullptr;
}

bool may_take(const Unit* unit, const Ticket& ticket, const Directory& directory) {
    if (unit == nullptr || !unit->active || unit->id == ticket.lead_unit) return false;
    const auto& refused = ticket.refused_units;
    const bool complained_of =
        ticket.complained_unit && directory.within(unit->id, ticket.complained_unit);
    return !complained_of && std::ranges::find(refused, unit->id) == refused.end();
}

}  // namespace

OfficialId another_official(const Ticket& ticket, UnitId unit, const Directory& directory) {
    const Duty* listed = directory.duty(ticket.topic);
    const Duty unlisted{.topic = ticket.topic, .category = ticket.category};
    OfficialId first;
    for (const OfficialId id : directory.officials_of(unit)) {
        const Official& official = *directory.official(id);
        const bool at_work = official.active && !official.on_leave;
        if (!at_work || id == ticket.official ||
            !routing::covers(official, listed ? *listed : unlisted))
            continue;
        if (id > ticket.official) return id;
        if (!first) first = id;
    }
    return first;
}

UnitId one_level_up(const Ticket& ticket, const Directory& directory) {
    const Unit* lead = directory.unit(ticket.lead_unit);
    if (lead == nullptr) return {};
    for (const Unit* unit :
         {counterpart_above(*lead, lead->function, directory),
          directory.unit(lead->parent),
          counterpart_above(*lead, government_office, directory)}) {
        if (may_take(unit, ticket, directory)) return unit->id;
    }
    return {};
}

}  // namespace hotline::ticketing
