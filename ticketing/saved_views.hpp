#pragma once

#include "ticketing/types/actor.hpp"

#include <optional>

// A15: whose a saved view is, a named question to the list of tickets. What it finds is the
// reader's scope (A2 to A5), whoever has written it.
namespace hotline::ticketing {

struct ViewRights {
    UserId owner;
    std::optional<Role> given_to;
};

bool sees_view(const Actor& actor, const ViewRights& view);
// To change it or take it away.
bool keeps_view(const Actor& actor, const ViewRights& view);
// To give a view to a role.
bool may_give_views(Role role);

}  // namespace hotline::ticketing
