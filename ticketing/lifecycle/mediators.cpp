#include "ticketing/lifecycle/mediators.hpp"

#include "sla/date_text.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <string>

namespace hotline::ticketing {
namespace {

constexpr std::string_view office_of_justice = "justice";

// The first of these functions that has a unit there.
const Unit* body_in(
    std::string_view division,
    std::initializer_list<std::string_view> functions,
    const Directory& directory
) {
    for (const std::string_view function : functions) {
        if (division.empty()) break;
        if (const Unit* unit = directory.unit_for(function, division)) return unit;
    }
    return nullptr;
}

const Unit* body_of(MediationLevel level, const Ticket& ticket, const Directory& directory) {
    switch (level) {
        case MediationLevel::town:
            return body_in(ticket.town, {office_of_justice, "town_government"}, directory);
        case MediationLevel::county:
            return body_in(ticket.division, {office_of_justice, "zone_admin"}, directory);
        case MediationLevel::city:
            break;
    }
    const auto city = std::ranges::find(directory.divisions, Division::Kind::city, &Division::kind);
    if (city == directory.divisions.end()) return nullptr;
    return body_in(city->code, {office_of_justice}, directory);
}

bool stands_between(const Unit& unit, const Ticket& ticket, const Directory& directory) {
    const bool complained_of =
        ticket.complained_unit && directory.within(unit.id, ticket.complained_unit);
    return !complained_of && unit.id != ticket.lead_unit;
}

}  // namespace

std::optional<Mediator> next_mediator(const Ticket& ticket, const Directory& directory) {
    int tried = 0;
    for (const Mediation& mediation : ticket.mediations) {
        if (mediation.outcome == MediationOutcome::failed) {
            tried = std::max(tried, static_cast<int>(mediation.level));
        }
    }
    for (const auto& [level, word] : names_of(MediationLevel{})) {
        if (static_cast<int>(level) <= tried) continue;
        const Unit* unit = body_of(level, ticket, directory);
        if (unit != nullptr && stands_between(*unit, ticket, directory)) {
            return Mediator{level, unit->id};
        }
    }
    return std::nullopt;
}

bool mediation_declined(const Ticket& ticket) {
    return std::ranges::any_of(ticket.mediations, [&](const Mediation& mediation) {
        return mediation.round == ticket.round && mediation.outcome == MediationOutcome::declined;
    });
}

UnitId mediating_unit(const Ticket& ticket) {
    const bool under_way = ticket.state == State::mediating && !ticket.mediations.empty();
    return under_way ? ticket.mediations.back().unit : UnitId{};
}

bool has_open_part(const Ticket& ticket, UnitId unit) {
    const bool milestone = std::ranges::any_of(ticket.milestones, [&](const Milestone& one) {
        return one.unit == unit && one.state == MilestoneState::open;
    });
    return milestone || (unit && mediating_unit(ticket) == unit);
}

std::string agreement_text(const Ticket& ticket) {
    if (ticket.mediations.empty()) return {};
    const Mediation& last = ticket.mediations.back();
    if (last.round != ticket.round || last.outcome != MediationOutcome::agreed) return {};
    std::string text = "调解协议：" + last.words + "（" + last.keeper;
    if (last.keep_by) text += "，" + sla::date_text(*last.keep_by) + "前";
    text += "履行）";
    return std::string(first_characters(text, 500));  // what the row keeps of a basis
}

}  // namespace hotline::ticketing
