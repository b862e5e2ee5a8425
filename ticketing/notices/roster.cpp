#include "ticketing/notices/roster.hpp"

#include <algorithm>

namespace hotline::ticketing::notices {

Actor actor_of(const Person& person) {
    Actor actor;
    actor.user = person.user;
    actor.role = person.role;
    actor.unit = person.unit;
    actor.official = person.official;
    actor.division = person.division;
    return actor;
}

const Person* Roster::official(OfficialId id) const {
    if (!id) return nullptr;
    const auto found = std::ranges::find(people_, id, &Person::official);
    return found == people_.end() ? nullptr : &*found;
}

const Person* Roster::user(UserId id) const {
    if (!id) return nullptr;
    const auto found = std::ranges::find(people_, id, &Person::user);
    return found == people_.end() ? nullptr : &*found;
}

std::vector<const Person*> Roster::of_role(Role role) const {
    std::vector<const Person*> found;
    for (const Person& person : people_) {
        if (person.role == role) found.push_back(&person);
    }
    return found;
}

std::vector<const Person*> Roster::office(Role role, UnitId unit, const Directory& directory)
    const {
    std::vector<const Person*> found;
    if (!unit) return found;
    for (const UnitId at : directory.lineage(unit)) {
        for (const Person& person : people_) {
            if (person.role == role && person.unit == at) found.push_back(&person);
        }
        if (!found.empty()) break;
    }
    return found;
}

}  // namespace hotline::ticketing::notices
