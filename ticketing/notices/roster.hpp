#pragma once

#include "ticketing/types/actor.hpp"
#include "ticketing/types/directory.hpp"

#include <span>
#include <vector>

namespace hotline::ticketing::notices {

// An account that can be told something.
struct Person {
    UserId user;
    Role role = Role::official;
    UnitId unit;
    OfficialId official;
    std::string division;

    bool operator==(const Person&) const = default;
};

// For the one permission predicate.
Actor actor_of(const Person& person);

// Who has an account: those the tickets at hand may concern, at least.
class Roster {
public:
    Roster() = default;
    explicit Roster(std::vector<Person> people) : people_(std::move(people)) {}

    const Person* official(OfficialId id) const;
    const Person* user(UserId id) const;
    std::vector<const Person*> of_role(Role role) const;
    // The unit's own people of that role or, where it has none, those of the nearest unit above.
    std::vector<const Person*> office(Role role, UnitId unit, const Directory& directory) const;

    std::span<const Person> people() const { return people_; }

private:
    std::vector<Person> people_;
};

}  // namespace hotline::ticketing::notices
