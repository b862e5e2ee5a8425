#pragma once

#include "integrations/mysql/reference/reference.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <vector>

namespace hotline::city {

// A demonstration account before it gets a password.
struct DemoAccount {
    std::string login;
    std::string name;
    ticketing::Role role = ticketing::Role::agent;
    ticketing::UnitId unit;
    ticketing::OfficialId official;
    std::string division;
    std::string extension;
};

// Somebody for every role: the centre's people, and for eight units of every kind a clerk, a leader
// and two of their officials.
std::vector<DemoAccount> demo_accounts(
    const reference::Reference& reference, const std::vector<ticketing::Official>& officials
);

}  // namespace hotline::city
