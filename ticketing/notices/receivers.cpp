#include "ticketing/notices/receivers.hpp"

#include "ticketing/notices/telling.hpp"

#include <algorithm>

namespace hotline::ticketing::notices {
namespace {

using enum Occasion;

std::vector<UnitId> helpers_of(const Ticket& ticket) {
    std::vector<UnitId> units = ticket.co_units;
    units.insert(units.end(), ticket.charged_units.begin(), ticket.charged_units.end());
    return units;
}

std::vector<UnitId> new_helpers(const Telling& telling) {
    std::vector<UnitId> units;
    if (!telling.moved().helpers) return units;
    for (const UnitId unit : helpers_of(telling.ticket())) {
        const auto& known = telling.moved().helpers_before;
        if (std::ranges::find(known, unit) == known.end()) units.push_back(unit);
    }
    return units;
}

bool is_critical(const Ticket& ticket) {
    return ticket.urgency == Urgency::critical;
}

// G2: a ticket comes to a unit.
void tell_dispatch(Telling& telling) {
    const Ticket& ticket = telling.ticket();
    if (ticket.state == State::accepted) {  // a critical one that nobody has yet
        telling.role(critical_assigned, Role::dispatcher, Standing::dispatcher);
        return;
    }
    const Occasion occasion = is_critical(ticket) ? critical_assigned : assigned;
    telling.handler(occasion);
    if (ticket.urgency != Urgency::normal) telling.office(occasion);
    telling.former_handler(taken_away);
    telling.former_office(return_ruled);
    telling.units(co_assigned, helpers_of(ticket));
    telling.card_owner(assigned);
}

void tell_reassigned(Telling& telling) {
    if (telling.moved().official) {
        telling.handler(is_critical(telling.ticket()) ? critical_assigned : reassigned_to_you);
    }
    telling.former_handler(taken_away);
}

// G3: who holds the ticket of the return, and who rules on it.
void tell_return_asked(Telling& telling) {
    const bool first = telling.ticket().return_count < 2;
    telling.role(
        return_asked,
        first ? Role::dispatcher : Role::supervisor,
        first ? Standing::dispatcher : Standing::supervisor
    );
}

void tell_return_ruled(Telling& telling) {
    telling.former_handler(return_ruled);
    telling.former_office(return_ruled);
    if (telling.event().act == Act::refuse_return) {
        telling.handler(return_ruled);
        telling.office(return_ruled);
    }
}

// G4: the matter begins anew.
void tell_redo(Telling& telling) {
    telling.handler(is_critical(telling.ticket()) ? critical_assigned : redo);
    telling.office(redo);
    telling.former_handler(taken_away);
    telling.units(co_assigned, new_helpers(telling));
}

// G5: the clock this card belongs to; nothing when it has been stopped since.
std::optional<sla::ClockKind> clock_of(const Event& event, const Ticket& ticket) {
    for (const sla::Clock& clock : ticket.clocks) {
        const auto at = event.act == Act::yellow_card ? clock.warned_at : clock.fired_at;
        if (at == event.at) return clock.kind;
    }
    switch (event.act) {
        case Act::red_card:
            return sla::ClockKind::handle;
        case Act::sign_overdue:
            return sla::ClockKind::sign_for;
        default:
            return std::nullopt;
    }
}

std::vector<UnitId> silent_helpers(const Ticket& ticket) {
    std::vector<UnitId> units;
    for (const UnitId unit : ticket.co_units) {
        const bool answered =
            std::ranges::find(ticket.co_answered, unit) != ticket.co_answered.end();
        if (!answered) units.push_back(unit);
    }
    return units;
}

void tell_card(Telling& telling) {
    const auto clock = clock_of(telling.event(), telling.ticket());
    if (!clock) return;
    const bool warning = telling.event().act == Act::yellow_card;
    const Occasion card = warning ? card_yellow : card_red;
    switch (*clock) {
        case sla::ClockKind::dispatch:
        case sla::ClockKind::entry:
            return telling.role(card, Role::dispatcher, Standing::dispatcher);
        case sla::ClockKind::ruling:
            telling.role(card, Role::dispatcher, Standing::dispatcher);
            return telling.role(card, Role::supervisor, Standing::supervisor);
        case sla::ClockKind::review:
        case sla::ClockKind::callback:
            return telling.role(card, Role::reviewer, Standing::reviewer);
        case sla::ClockKind::suspension:
            return telling.role(card, Role::supervisor, Standing::supervisor);
        case sla::ClockKind::archive:
        case sla::ClockKind::return_window:
            return;
        case sla::ClockKind::co_unit:
            return telling.units(card, silent_helpers(telling.ticket()));
        case sla::ClockKind::milestone:
        case sla::ClockKind::mediation:
            return telling.units(card, telling.ticket().charged_units);
        case sla::ClockKind::first_contact:
            telling.handler(warning ? first_contact_due : card);
            break;
        case sla::ClockKind::sign_for:
        case sla::ClockKind::feedback:
        case sla::ClockKind::handle:
        case sla::ClockKind::supervision:
            telling.handler(card);
            break;
    }
    telling.office(card);
    if (!warning) telling.leader(card);
}

// G6: something was said or added.
void tell_word(Telling& telling, Occasion occasion) {
    const Event& event = telling.event();
    // T41
    if (event.act == Act::note && event.role == Role::enterprise) occasion = information_added;
    if (telling.ticket().lead_unit) {
        telling.handler(occasion);
    } else if (occasion == urged) {
        telling.role(occasion, Role::dispatcher, Standing::dispatcher);
    }
    if (event.act == Act::supervise) {
        telling.office(occasion);
        telling.leader(occasion);
    }
    if (occasion == remark) telling.agent(occasion);
}

// G20: what a partner did with it, where that leaves somebody something to do.
void tell_partner(Telling& telling) {
    const std::string& word = telling.moved().partner;
    if (word == "closed") {
        telling.handler(partner_done);
        return telling.office(partner_done);
    }
    if (word != "failed") return telling.handler(remark);
    telling.handler(partner_failed);
    telling.office(partner_failed);
    telling.role(partner_failed, Role::dispatcher, Standing::dispatcher);
}

void tell_given_up(Telling& telling) {
    if (telling.ticket().lead_unit) telling.handler(taken_away);
    telling.former_handler(taken_away);
    telling.former_office(taken_away);
}

void tell(Telling& telling) {
    switch (telling.event().act) {
        case Act::create:
            if (is_critical(telling.ticket())) tell_dispatch(telling);
            return;
        case Act::dispatch:
        case Act::designate:
            return tell_dispatch(telling);
        case Act::regrade:
            if (telling.moved().urgency && is_critical(telling.ticket())) tell_dispatch(telling);
            return;
        case Act::reassign:
            return tell_reassigned(telling);
        case Act::return_ticket:
            return tell_return_asked(telling);
        case Act::approve_return:
        case Act::refuse_return:
            return tell_return_ruled(telling);
        case Act::add_co_unit:
        case Act::plan_hard_case:
        case Act::refer_to_mediation:
            return telling.units(co_assigned, new_helpers(telling));
        case Act::approve_extension:
        case Act::refuse_extension:
            telling.handler(extension_decided);
            return telling.office(extension_decided);
        case Act::review_fail:
            telling.handler(result_sent_back);
            return telling.office(result_sent_back);
        case Act::callback:
        case Act::reopen:
            if (telling.event().to == State::handling) tell_redo(telling);
            return;
        case Act::urge:
        case Act::supervise:
            return tell_word(telling, urged);
        case Act::attach:
        case Act::answer_co_unit:
            return tell_word(telling, information_added);
        case Act::note:
            if (!telling.moved().partner.empty()) return tell_partner(telling);
            return tell_word(telling, remark);
        case Act::hard_case:
        case Act::suspend:
        case Act::resume:
        case Act::conclude_mediation:
            return tell_word(telling, remark);
        case Act::yellow_card:
        case Act::sign_overdue:
        case Act::red_card:
        case Act::clock_overdue:
            return tell_card(telling);
        case Act::escalate:
            telling.role(escalated, Role::supervisor, Standing::supervisor);
            return telling.leader(escalated);
        case Act::withdraw:
        case Act::merge:
        case Act::close_on_call:
            return tell_given_up(telling);
        default:
            return;
    }
}

}  // namespace

bool may_be_told(Act act, Urgency urgency) {
    switch (act) {
        case Act::create:
            return urgency == Urgency::critical;
        case Act::complete:
        case Act::decline:
        case Act::sign_for:
        case Act::first_contact:
        case Act::ask_extension:
        case Act::submit_result:
        case Act::review_pass:
        case Act::archive:
        case Act::requeue:
        case Act::unmerge:
        case Act::answer_supervision:
        case Act::meet_milestone:
        case Act::recompute:
            return false;
        default:
            return true;
    }
}

int rank_of(const Event& event, Urgency urgency) {
    const bool acknowledges = event.user && event.act != Act::create;
    if (!acknowledges && !may_be_told(event.act, urgency)) return 0;
    return 4 - static_cast<int>(urgency);
}

std::vector<Told> receivers_of(
    const Event& event, const Ticket& ticket, const Roster& roster, const Directory& directory
) {
    Telling telling(event, ticket, roster, directory);
    tell(telling);
    return std::move(telling).told();
}

std::vector<Told> stand_ins_of(
    const Told& of, const Ticket& ticket, const Roster& roster, const Directory& directory
) {
    std::vector<Told> told;
    const auto add = [&](const Person* person, Standing standing) {
        if (person == nullptr || person->user == of.receiver) return;
        const bool known = std::ranges::find(told, person->user, &Told::receiver) != told.end();
        const bool closed =
            ticket.complained_unit && directory.within(person->unit, ticket.complained_unit);
        const bool sees = may_see(scope_of(actor_of(*person), directory), scope_keys(ticket));
        if (known || closed || (!sees && standing != Standing::deputy)) return;
        told.push_back({person->user, deputy_escalation, standing, sees});
    };
    if (of.standing == Standing::handler) {
        const Official* official = directory.official(ticket.official);
        if (official != nullptr) add(roster.official(official->deputy), Standing::deputy);
        for (const Person* person : roster.office(Role::unit_clerk, ticket.lead_unit, directory)) {
            add(person, Standing::office);
        }
    }
    if (of.standing == Standing::office || (of.standing == Standing::handler && told.empty())) {
        for (const Person* person : roster.office(Role::unit_leader, ticket.lead_unit, directory)) {
            add(person, Standing::leader);
        }
    }
    return told;
}

Concerned concerned_by(const Event& event, const Ticket& ticket, const Directory& directory) {
    Concerned who;
    const Moved moved = moved_by(event);
    const auto add = [&](OfficialId id) {
        if (!id) return;
        who.officials.push_back(id);
        const Official* official = directory.official(id);
        if (official != nullptr && official->deputy) who.officials.push_back(official->deputy);
    };
    add(ticket.official);
    add(ticket.case_owner);
    if (moved.official) add(moved.official_before);
    std::vector<UnitId> units = helpers_of(ticket);
    units.push_back(ticket.lead_unit);
    if (moved.unit) units.push_back(moved.unit_before);
    for (const UnitId unit : units) {
        if (!unit) continue;
        for (const UnitId above : directory.lineage(unit)) who.units.push_back(above);
    }
    return who;
}

bool is_settled(
    Occasion occasion, Standing standing, const Person& receiver, const Ticket& ticket
) {
    if (is_final(ticket.state)) return occasion != taken_away;
    const bool with_centre = ticket.state == State::submitted || ticket.state == State::callback;
    switch (occasion) {
        case assigned:
        case critical_assigned:
        case reassigned_to_you:
        case deputy_escalation:
        case redo:
        case result_sent_back:
        case first_contact_due:
        case card_yellow:
        case card_red:
        case urged:
            if (standing == Standing::handler && ticket.official != receiver.official) return true;
            if (standing == Standing::dispatcher) {
                return ticket.state != State::accepted && ticket.state != State::return_pending;
            }
            return with_centre && standing != Standing::reviewer;
        case return_asked:
            return ticket.state != State::return_pending;
        case partner_failed:
        case partner_done:
            return with_centre;
        default:
            return false;
    }
}

}  // namespace hotline::ticketing::notices
