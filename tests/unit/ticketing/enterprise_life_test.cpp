#include "ticketing/enterprise_life.hpp"

#include "tests/unit/ticketing/small_city.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::ticketing;
using namespace std::chrono_literals;

namespace {

const Instant at_noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 31} + 20h;

EnterpriseMatter rated(Satisfaction satisfaction, Solved solved, Instant at) {
    EnterpriseMatter matter;
    matter.state = State::closed;
    matter.channel = Channel::phone;
    matter.accepted_at = at - 24h;
    matter.rated_at = at;
    matter.satisfaction = satisfaction;
    matter.solved = solved;
    return matter;
}

}  // namespace

TEST_CASE("A16 the centre sees every enterprise, administrators and auditors none") {
    const Directory city = small_city::make();
    const Enterprise firm{.id = {7}, .division = "610526"};
    for (const Role role : {Role::agent, Role::dispatcher, Role::reviewer, Role::supervisor}) {
        CHECK(may_see_enterprise({.role = role}, firm, false, city));
    }
    for (const Role role : {Role::admin, Role::auditor, Role::enterprise, Role::machine}) {
        CHECK_FALSE(may_see_enterprise({.role = role}, firm, true, city));
    }
}

TEST_CASE("A16 managers see those of their division, or with a ticket there") {
    const Directory city = small_city::make();
    const Enterprise firm{.id = {7}, .division = "610526", .zone = "610598"};
    const auto sees = [&](std::string division, bool of_his = false) {
        return may_see_enterprise(
            {.role = Role::manager, .division = std::move(division)}, firm, of_his, city
        );
    };
    CHECK(sees(""));
    CHECK(sees("610526"));
    CHECK(sees("610598"));
    CHECK_FALSE(sees("610527"));
    CHECK(sees("610527", true));
}

TEST_CASE("A16 units see those they have a ticket or a card of, themselves or below them") {
    Directory city = small_city::make();
    const auto housing = small_city::id_of(city, "610526.housing");
    const OfficialId holder = small_city::add_official(city, "610526.housing", "张工");
    city.index();
    const Enterprise firm{.id = {7}};
    const auto clerk = [&](UnitId unit) { return Actor{.role = Role::unit_clerk, .unit = unit}; };
    CHECK_FALSE(may_see_enterprise(clerk(housing), firm, false, city));
    CHECK(may_see_enterprise(clerk(housing), firm, true, city));
    city.cards[7] = {holder};
    CHECK(may_see_enterprise(clerk(housing), firm, false, city));
    const Actor himself{.role = Role::official, .unit = housing, .official = holder};
    CHECK(may_see_enterprise(himself, firm, false, city));
    const Actor another{.role = Role::official, .unit = housing, .official = {9999}};
    CHECK_FALSE(may_see_enterprise(another, firm, false, city));
    CHECK(may_see_enterprise(another, firm, true, city));
    city.cards[7] = {OfficialId{9999}};
    CHECK_FALSE(may_see_enterprise(clerk(housing), firm, false, city));
}

TEST_CASE("A16 an agent is told of what any call would show, others of their own scope") {
    const Directory city = small_city::make();
    const Actor agent{.user = {5}, .role = Role::agent};
    CHECK(enterprise_scope_of(agent, city).everything);
    CHECK_FALSE(scope_of(agent, city).everything);
    const Actor official{.role = Role::official, .official = {1}};
    CHECK(enterprise_scope_of(official, city) == scope_of(official, city));
}

TEST_CASE("figures of an enterprise count months as the calendar in China has them") {
    std::vector<EnterpriseMatter> matters{
        // 20:00 in London is the first of April in Weinan.
        rated(Satisfaction::very_satisfied, Solved::yes, at_noon),
        rated(Satisfaction::basically_satisfied, Solved::partly, at_noon - 48h),
        rated(Satisfaction::dissatisfied, Solved::no, at_noon - 48h),
    };
    EnterpriseMatter visit;
    visit.state = State::handling;
    visit.channel = Channel::visit;
    visit.topic = "规划建设";
    visit.accepted_at = at_noon;
    matters.push_back(visit);
    const auto figures = figures_of(matters);
    CHECK(figures.tickets == 4);
    CHECK(figures.open == 1);
    CHECK(figures.visits == 1);
    CHECK(figures.first_at == at_noon - 72h);
    CHECK(
        figures.ratings == std::vector<MonthOfRatings>{{"2026-03", 2, 1, 0}, {"2026-04", 1, 1, 1}}
    );
    CHECK(figures.topics == std::vector<CountedWords>{{"规划建设", 1}});
    CHECK(figures_of({}).tickets == 0);
    CHECK_FALSE(figures_of({}).first_at);
}

TEST_CASE("topics and phrases of an enterprise come the most frequent first") {
    std::vector<EnterpriseMatter> matters;
    for (const auto& [topic, title] :
         {std::pair("供电", "车间频繁停电"), {"供电", "频繁停电两天"}, {"税务", "退税何时到账"}}) {
        EnterpriseMatter matter;
        matter.topic = topic;
        matter.title = title;
        matters.push_back(matter);
    }
    const auto figures = figures_of(matters);
    CHECK(figures.topics == std::vector<CountedWords>{{"供电", 2}, {"税务", 1}});
    CHECK(figures.words == std::vector<CountedWords>{{"频繁停电", 2}});
}
