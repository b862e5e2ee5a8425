#include "ticketing/notices/telling.hpp"

#include <algorithm>

namespace hotline::ticketing::notices {

bool Telling::sees(const Person& person, const Ticket& ticket) const {
    return may_see(scope_of(actor_of(person), directory_), scope_keys(ticket));
}

void Telling::add(const Person* person, Occasion occasion, Standing standing, const Ticket& as_of) {
    if (person == nullptr || person->user == event_.user) return;
    if (std::ranges::find(told_, person->user, &Told::receiver) != told_.end()) return;
    const bool may_know = sees(*person, as_of);
    // G7: a deputy hears that something waits, of which ticket only when it is his to see; against
    // the unit complained of nothing at all.
    const bool closed =
        ticket_.complained_unit && directory_.within(person->unit, ticket_.complained_unit);
    if (!may_know && (standing != Standing::deputy || closed)) return;
    told_.push_back({person->user, occasion, standing, may_know});
}

void Telling::handler(Occasion occasion) {
    if (!ticket_.official) return office(occasion);
    const Person* person = roster_.official(ticket_.official);
    add(person, occasion, Standing::handler, ticket_);
    const Official* official = directory_.official(ticket_.official);
    const bool away = official == nullptr || official->on_leave || !official->active;
    if (official != nullptr && away && official->deputy) {
        add(roster_.official(official->deputy), occasion, Standing::deputy, ticket_);
    }
    if (away || person == nullptr) office(occasion);
}

void Telling::office(Occasion occasion) {
    for (const Person* person : roster_.office(Role::unit_clerk, ticket_.lead_unit, directory_)) {
        add(person, occasion, Standing::office, ticket_);
    }
}

void Telling::leader(Occasion occasion) {
    for (const Person* person : roster_.office(Role::unit_leader, ticket_.lead_unit, directory_)) {
        add(person, occasion, Standing::leader, ticket_);
    }
}

void Telling::card_owner(Occasion occasion) {
    if (ticket_.case_owner == ticket_.official) return;
    add(roster_.official(ticket_.case_owner), occasion, Standing::card_owner, ticket_);
}

void Telling::units(Occasion occasion, std::span<const UnitId> units) {
    for (const UnitId unit : units) {
        for (const Person* person : roster_.office(Role::unit_clerk, unit, directory_)) {
            add(person, occasion, Standing::co_unit, ticket_);
        }
    }
}

void Telling::role(Occasion occasion, Role role, Standing standing) {
    for (const Person* person : roster_.of_role(role)) add(person, occasion, standing, ticket_);
}

void Telling::agent(Occasion occasion) {
    const Person* person = roster_.user(ticket_.created_by);
    if (person != nullptr && person->role == Role::agent) {
        add(person, occasion, Standing::agent, ticket_);
    }
}

void Telling::former_handler(Occasion occasion) {
    if (!moved_.official) return;
    const Ticket was = before(ticket_, moved_);
    add(roster_.official(was.official), occasion, Standing::handler, was);
}

void Telling::former_office(Occasion occasion) {
    const Ticket was = before(ticket_, moved_);
    if (was.lead_unit == ticket_.lead_unit) return;
    for (const Person* person : roster_.office(Role::unit_clerk, was.lead_unit, directory_)) {
        add(person, occasion, Standing::office, was);
    }
}

}  // namespace hotline::ticketing::notices
