#include "ticketing/permissions.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace hotline::ticketing {
namespace {

using enum Role;

struct Grant {
    Verb verb;
    std::initializer_list<Role> roles;
};

// A1. Managers see aggregates and drill down (audited); administrators and auditors see no ticket.
const Grant grants[] = {
    {Verb::ticket_list,
     {agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader, manager}},
    {Verb::ticket_file, {agent, dispatcher, supervisor}},
    {Verb::visit_file, {official, unit_clerk}},
    {Verb::ticket_act,
     {agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader, manager}},
    {Verb::ticket_reveal, {agent, dispatcher, reviewer, supervisor}},
    {Verb::internal_events,
     {agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader, manager}},
    {Verb::directory_read,
     {agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader, manager, admin}},
    {Verb::enterprise_find, {agent, dispatcher, reviewer, supervisor, official, unit_clerk}},
    {Verb::call_read, {agent, supervisor}},
    {Verb::kpi_read, {dispatcher, reviewer, supervisor, unit_clerk, unit_leader, manager, official}
    },
    {Verb::kpi_freeze, {supervisor, manager}},
    {Verb::kpi_frozen,
     {dispatcher, reviewer, supervisor, unit_clerk, unit_leader, manager, official, auditor}},
    {Verb::user_admin, {admin}},
    {Verb::token_admin, {admin}},
    {Verb::dead_letter_admin, {admin, dispatcher}},
    {Verb::audit_read, {auditor}},
};

constexpr std::array all_roles{
    agent,
    dispatcher,
    reviewer,
    supervisor,
    unit_clerk,
    official,
    unit_leader,
    manager,
    auditor,
    admin
};

// The actor's own unit and every unit above it.
std::vector<UnitId> own_line(const Actor& actor, const Directory& directory) {
    std::vector<UnitId> line;
    for (const Unit* unit = directory.unit(actor.unit); unit != nullptr;
         unit = directory.unit(unit->parent)) {
        line.push_back(unit->id);
        if (line.size() > 16) break;  // a broken tree must not hang us
    }
    return line;
}

bool contains(std::span<const UnitId> units, UnitId id) {
    return std::ranges::find(units, id) != units.end();
}

bool granted(const Scope& scope, const ScopeKeys& keys) {
    if (scope.everything) return true;
    if (keys.lead_unit && contains(scope.units, keys.lead_unit)) return true;
    if (std::ranges::any_of(keys.co_units, [&](UnitId id) { return contains(scope.units, id); })) {
        return true;
    }
    if (scope.official && (keys.official == scope.official || keys.case_owner == scope.official ||
                           keys.visiting_official == scope.official)) {
        return true;
    }
    if (scope.filed_by && keys.created_by == scope.filed_by) return true;
    return !scope.division.empty() && keys.division == scope.division;
}

bool handles(const Actor& actor, const Ticket& ticket, const Scope& scope) {
    if (actor.role == official) return ticket.official == actor.official;
    return ticket.lead_unit && contains(scope.units, ticket.lead_unit);
}

}  // namespace

bool may(Role role, Verb verb) {
    for (const Grant& grant : grants) {
        if (grant.verb == verb) return std::ranges::find(grant.roles, role) != grant.roles.end();
    }
    return false;
}

std::vector<Verb> verbs_of(Role role) {
    std::vector<Verb> verbs;
    for (const Grant& grant : grants) {
        if (std::ranges::find(grant.roles, role) != grant.roles.end()) verbs.push_back(grant.verb);
    }
    return verbs;
}

Scope scope_of(const Actor& actor, const Directory& directory) {
    Scope scope;
    switch (actor.role) {
        case dispatcher:
        case reviewer:
        case supervisor:
        case system:
            scope.everything = true;
            break;
        case manager:
            scope.everything = actor.division.empty();
            scope.division = actor.division;
            break;
        case agent:
            scope.filed_by = actor.user;
            break;
        case official:
            scope.official = actor.official;
            break;
        case unit_clerk:
        case unit_leader:
            scope.units = directory.subtree(actor.unit);
            break;
        case auditor:
        case admin:
        case enterprise:
        case machine:
            break;
    }
    scope.closed_complaints = own_line(actor, directory);
    return scope;
}

ScopeKeys scope_keys(const Ticket& ticket) {
    return {
        ticket.lead_unit,
        ticket.co_units,
        ticket.official,
        ticket.case_owner,
        ticket.visiting_official,
        ticket.created_by,
        ticket.division,
        ticket.complained_unit
    };
}

bool may_see(const Scope& scope, const ScopeKeys& keys) {
    if (keys.complained_unit && contains(scope.closed_complaints, keys.complained_unit))
        return false;
    return granted(scope, keys);
}

bool answers_for(const Actor& actor, const Ticket& ticket, const Directory& directory) {
    if (actor.role == official) return ticket.official == actor.official;
    if (actor.role != unit_clerk && actor.role != unit_leader) return true;
    return ticket.lead_unit == actor.unit || directory.within(ticket.lead_unit, actor.unit);
}

FieldViews views_of(const Actor& actor, const Ticket& ticket, const Scope& scope) {
    FieldViews views;
    const bool secret = ticket.appellant.confidential || ticket.appellant.anonymous;
    const bool of_a_unit =
        actor.role == official || actor.role == unit_clerk || actor.role == unit_leader;
    const bool handling = of_a_unit && handles(actor, ticket, scope);

    if (secret && of_a_unit) {
        views.person = View::hidden;  // A7: the unit sees the matter, never who raised it
        views.uscc = View::hidden;
        views.free_text = View::masked;
        return views;
    }
    if (handling) {
        views.person = View::clear;  // A6: who handles it has to make the first contact
        views.uscc = View::clear;
        return views;
    }
    views.free_text = View::masked;
    views.may_reveal = may(actor.role, Verb::ticket_reveal);
    // A8: a confidential appellant is revealed only to those who call back or supervise.
    if (secret) views.may_reveal = actor.role == reviewer || actor.role == supervisor;
    return views;
}

}  // namespace hotline::ticketing
