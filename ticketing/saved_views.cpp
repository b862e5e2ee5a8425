#include "ticketing/saved_views.hpp"

namespace hotline::ticketing {

bool may_give_views(Role role) {
    return role == Role::supervisor;
}

bool keeps_view(const Actor& actor, const ViewRights& view) {
    return view.owner == actor.user || (view.given_to && may_give_views(actor.role));
}

bool sees_view(const Actor& actor, const ViewRights& view) {
    return keeps_view(actor, view) || view.given_to == actor.role;
}

}  // namespace hotline::ticketing
