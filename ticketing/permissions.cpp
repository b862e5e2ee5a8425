#include "ticketing/permissions.hpp"

#include "ticketing/lifecycle/mediators.hpp"

#include <algorithm>
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
    {Verb::call_act, {agent, supervisor}},
    {Verb::call_dial, {agent, reviewer, supervisor}},
    {Verb::call_watch, {supervisor}},
    {Verb::recording_hear, {agent, reviewer, supervisor, auditor}},
    {Verb::kpi_read, {dispatcher, reviewer, supervisor, unit_clerk, unit_leader, manager, official}
    },
    {Verb::kpi_freeze, {supervisor, manager}},
    {Verb::kpi_frozen,
     {dispatcher, reviewer, supervisor, unit_clerk, unit_leader, manager, official, auditor}},
    {Verb::user_admin, {admin}},
    {Verb::token_admin, {admin}},
    {Verb::dead_letter_admin, {admin, dispatcher}},
    {Verb::audit_read, {auditor}},
    {Verb::policy_read, {supervisor, manager, auditor, admin}},
    {Verb::policy_admin, {admin}},
    {Verb::knowledge_read,
     {agent,
      dispatcher,
      reviewer,
      supervisor,
      unit_clerk,
      official,
      unit_leader,
      manager,
      auditor,
      admin}},
    {Verb::knowledge_write,
     {agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader}},
    {Verb::knowledge_publish, {reviewer, supervisor}},
    {Verb::directory_keep, {supervisor, admin}},
    {Verb::directory_duty, {supervisor, unit_clerk, unit_leader, admin}},
    {Verb::directory_history, {supervisor, auditor, admin}},
};

bool has(const Grant& grant, Role role) {
    return std::ranges::find(grant.roles, role) != grant.roles.end();
}

bool contains(std::span<const UnitId> units, UnitId id) {
    return std::ranges::find(units, id) != units.end();
}

bool granted(const Scope& scope, const ScopeKeys& keys) {
    if (scope.everything) return true;
    if (keys.lead_unit && contains(scope.units, keys.lead_unit)) return true;
    const auto any_of = [](std::span<const UnitId> units, std::span<const UnitId> granted_units) {
        return std::ranges::any_of(units, [&](UnitId id) { return contains(granted_units, id); });
    };
    if (any_of(keys.co_units, scope.units) || any_of(keys.charged_units, scope.charged)) {
        return true;
    }
    if (scope.official && (keys.official == scope.official || keys.case_owner == scope.official ||
                           keys.visiting_official == scope.official)) {
        return true;
    }
    if (scope.filed_by && keys.created_by == scope.filed_by) return true;
    return !scope.division.empty() && keys.division == scope.division;
}

// A6: who mediates has to speak with both sides, as who handles it has.
bool handles(const Actor& actor, const Ticket& ticket, const Scope& scope) {
    const UnitId mediator = mediating_unit(ticket);
    if (mediator && contains(scope.charged, mediator)) return true;
    if (actor.role == official) return ticket.official == actor.official;
    return ticket.lead_unit && contains(scope.units, ticket.lead_unit);
}

}  // namespace

bool may(Role role, Verb verb) {
    return std::ranges::any_of(grants, [&](const Grant& grant) {
        return grant.verb == verb && has(grant, role);
    });
}

std::vector<Verb> verbs_of(Role role) {
    std::vector<Verb> verbs;
    for (const Grant& grant : grants) {
        if (has(grant, role)) verbs.push_back(grant.verb);
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
            if (const Official* self = directory.official(actor.official)) {
                scope.charged = {self->unit};
            }
            break;
        case unit_clerk:
        case unit_leader:
            scope.units = directory.subtree(actor.unit);
            scope.charged = scope.units;
            break;
        case auditor:
        case admin:
        case enterprise:
        case machine:
            break;
    }
    scope.closed_complaints = directory.lineage(actor.unit);
    return scope;
}

ScopeKeys scope_keys(const Ticket& ticket) {
    return {
        ticket.lead_unit,
        ticket.co_units,
        ticket.charged_units,
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

bool speaks_for(const Actor& actor, UnitId unit, const Directory& directory) {
    if (!unit) return false;
    if (actor.role == official) {
        const Official* self = directory.official(actor.official);
        return self != nullptr && self->unit == unit;
    }
    const bool of_an_office = actor.role == unit_clerk || actor.role == unit_leader;
    return of_an_office && directory.within(unit, actor.unit);
}

bool keeps_duty_of(const Actor& actor, UnitId unit, const Directory& directory) {
    if (!may(actor.role, Verb::directory_duty)) return false;
    return may(actor.role, Verb::directory_keep) || speaks_for(actor, unit, directory);
}

bool keeps_own_duty(const Actor& actor, OfficialId whose) {
    return actor.role == official && whose && actor.official == whose;
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

bool result_is_public(State state) {
    return state == State::callback || state == State::closed || state == State::archived ||
           state == State::declined;
}

bool shown_to_appellant(const Ticket& ticket, Audience audience, Role added_by) {
    if (audience == Audience::staff) return false;
    const bool of_a_unit =
        added_by == official || added_by == unit_clerk || added_by == unit_leader;
    return !of_a_unit || result_is_public(ticket.state);
}

bool may_open_file(const Actor& actor, Audience audience, UserId added_by) {
    switch (audience) {
        case Audience::everyone:
            return true;
        case Audience::staff:
            return actor.role != enterprise;
        case Audience::held:
            break;
    }
    // A8, and whoever took it in has seen it.
    return actor.role == reviewer || actor.role == supervisor || actor.role == enterprise ||
           (actor.user && actor.user == added_by);
}

bool may_hear(const Actor& actor, const RecordedCall& call) {
    if (!may(actor.role, Verb::recording_hear)) return false;
    if (actor.role == agent) return call.agent && call.agent == actor.user;
    if (actor.role == reviewer) return call.filed;
    // A8: a voice is who somebody is.
    if (actor.role == auditor) return !call.hidden;
    return true;
}

Audience audience_of_new_file(const Actor& actor, const Ticket& ticket) {
    const bool secret = ticket.appellant.confidential || ticket.appellant.anonymous;
    // The agent, and the official on a visit, hand in what the appellant gave them.
    const bool appellants = actor.role == enterprise || actor.role == agent ||
                            (actor.role == official && actor.user == ticket.created_by);
    return secret && appellants ? Audience::held : Audience::everyone;
}

}  // namespace hotline::ticketing
