#include "ticketing/saved_views.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;

TEST_CASE(
    "A15: a view is its owner's, one that is given is its role's to use and the supervisors' to "
    "keep"
) {
    const auto who = [](std::uint64_t user, Role role) {
        Actor actor;
        actor.user = {user};
        actor.role = role;
        return actor;
    };
    const Actor owner = who(1, Role::dispatcher);
    const Actor colleague = who(2, Role::dispatcher);
    const Actor supervisor = who(3, Role::supervisor);
    const Actor clerk = who(4, Role::unit_clerk);

    const ViewRights own{owner.user, std::nullopt};
    CHECK(keeps_view(owner, own));
    for (const Actor& other : {colleague, supervisor, clerk}) CHECK_FALSE(sees_view(other, own));

    const ViewRights given{supervisor.user, Role::dispatcher};
    CHECK(sees_view(colleague, given));
    CHECK_FALSE(keeps_view(colleague, given));
    CHECK(keeps_view(who(5, Role::supervisor), given));
    CHECK_FALSE(sees_view(clerk, given));

    CHECK(may_give_views(Role::supervisor));
    CHECK_FALSE(may_give_views(Role::unit_leader));
}
