#include "ticketing/permissions.hpp"

#include "tests/unit/ticketing/stage.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stage;

namespace {

Ticket ticket_of(const City& city) {
    Ticket ticket;
    ticket.id = {9};
    ticket.lead_unit = city.unit("610526.housing");
    ticket.official = city.worker;
    ticket.case_owner = city.stranger;
    ticket.created_by = {50};
    ticket.division = "610526";
    ticket.appellant.name = "陈某";
    ticket.appellant.phone = "13800001111";
    return ticket;
}

bool sees(const City& city, const Actor& actor, const Ticket& ticket) {
    return may_see(scope_of(actor, city.directory), scope_keys(ticket));
}

}  // namespace

TEST_CASE("A1 nobody has a verb the table does not give") {
    for (const Role role : {Role::auditor, Role::admin, Role::enterprise, Role::machine}) {
        CHECK(!may(role, Verb::ticket_list));
        CHECK(!may(role, Verb::ticket_act));
        CHECK(!may(role, Verb::ticket_reveal));
    }
    CHECK(
        verbs_of(Role::auditor) ==
        std::vector{
            Verb::recording_hear,
            Verb::kpi_frozen,
            Verb::audit_read,
            Verb::policy_read,
            Verb::knowledge_read,
            Verb::directory_history
        }
    );
    CHECK(verbs_of(Role::machine).empty());
    CHECK(!may(Role::unit_clerk, Verb::ticket_reveal));
    CHECK(!may(Role::manager, Verb::ticket_file));
    CHECK(may(Role::reviewer, Verb::call_dial));
    CHECK(!may(Role::reviewer, Verb::call_act));
    CHECK(!may(Role::agent, Verb::call_watch));
    CHECK(may(Role::supervisor, Verb::call_watch));
    CHECK(may(Role::dispatcher, Verb::dead_letter_admin));
}

TEST_CASE("A2 the centre sees all, agents what they took down, others nothing") {
    const City city;
    const Ticket ticket = ticket_of(city);
    for (const Role role : {Role::dispatcher, Role::reviewer, Role::supervisor, Role::system}) {
        CHECK(sees(city, {.role = role}, ticket));
    }
    CHECK(sees(city, {.user = {50}, .role = Role::agent}, ticket));
    CHECK(!sees(city, {.user = {51}, .role = Role::agent}, ticket));
    for (const Role role : {Role::auditor, Role::admin, Role::machine, Role::enterprise}) {
        CHECK(scope_of({.role = role}, city.directory).nothing());
    }
}

TEST_CASE("A2 nobody without an identity is matched with tickets that lack one") {
    const City city;
    Ticket blank;
    for (const Role role :
         {Role::agent, Role::official, Role::unit_clerk, Role::unit_leader, Role::enterprise}) {
        CHECK(!sees(city, {.role = role}, blank));
    }
}

TEST_CASE("A3 a manager sees the city or his division") {
    const City city;
    const Ticket ticket = ticket_of(city);
    CHECK(sees(city, {.role = Role::manager}, ticket));
    CHECK(sees(city, {.role = Role::manager, .division = "610526"}, ticket));
    CHECK(!sees(city, {.role = Role::manager, .division = "610527"}, ticket));
}

TEST_CASE("A4 unit people see what their unit leads or helps with, officials their own") {
    const City city;
    Ticket ticket = ticket_of(city);
    const auto clerk = [&](std::string_view code) {
        return Actor{.role = Role::unit_clerk, .unit = city.unit(code)};
    };
    CHECK(sees(city, clerk("610526.housing"), ticket));
    CHECK(sees(city, clerk("610526.gov_office"), ticket));
    CHECK(!sees(city, clerk("610526.market"), ticket));
    CHECK(!sees(city, clerk("city.housing"), ticket));
    ticket.co_units = {city.unit("610526.market")};
    CHECK(sees(city, clerk("610526.market"), ticket));
    const auto official = [](OfficialId id) {
        return Actor{.role = Role::official, .official = id};
    };
    CHECK(sees(city, official(city.worker), ticket));
    CHECK(sees(city, official(city.stranger), ticket));  // follows it
    CHECK(!sees(city, official(city.colleague), ticket));
    ticket.visiting_official = city.colleague;
    CHECK(sees(city, official(city.colleague), ticket));
}

TEST_CASE("A5 a complaint is closed to the unit complained of and all below it") {
    const City city;
    Ticket ticket = ticket_of(city);
    ticket.complained_unit = city.unit("610526.gov_office");
    const UnitId housing = city.unit("610526.housing");
    CHECK(!sees(city, {.role = Role::unit_clerk, .unit = housing}, ticket));
    CHECK(!sees(city, {.role = Role::official, .unit = housing, .official = city.worker}, ticket));
    CHECK(sees(city, {.role = Role::supervisor}, ticket));
    ticket.complained_unit = housing;
    const Actor above{.role = Role::unit_leader, .unit = city.unit("610526.gov_office")};
    CHECK(sees(city, above, ticket));
}

TEST_CASE("A6 to A8 who is shown the appellant") {
    const City city;
    Ticket ticket = ticket_of(city);
    const auto views = [&](const Actor& actor) {
        return views_of(actor, ticket, scope_of(actor, city.directory));
    };
    const UnitId housing = city.unit("610526.housing");
    const Actor handler{.role = Role::official, .unit = housing, .official = city.worker};
    const Actor follower{.role = Role::official, .official = city.stranger};
    const Actor clerk{.role = Role::unit_clerk, .unit = housing};
    CHECK(views(handler).person == View::clear);
    CHECK(views(clerk).person == View::clear);
    CHECK(views(follower).person == View::masked);
    CHECK(!views(follower).may_reveal);
    CHECK(views({.role = Role::dispatcher}).person == View::masked);
    CHECK(views({.role = Role::dispatcher}).may_reveal);
    CHECK(!views({.role = Role::manager}).may_reveal);
    CHECK(views({.role = Role::manager}).free_text == View::masked);
    for (const bool anonymous : {true, false}) {
        ticket.appellant.anonymous = anonymous;
        ticket.appellant.confidential = !anonymous;
        for (const Actor& actor : {handler, clerk, follower}) {
            CHECK(views(actor).person == View::hidden);
            CHECK(views(actor).uscc == View::hidden);
            CHECK(views(actor).free_text == View::masked);
        }
        CHECK(!views({.role = Role::dispatcher}).may_reveal);
        CHECK(views({.role = Role::reviewer}).may_reveal);
        CHECK(views({.role = Role::supervisor}).may_reveal);
    }
}

TEST_CASE("A6 the person is shown to who handles or mediates, not to another unit of the ticket") {
    const City city;
    Ticket ticket = ticket_of(city);
    ticket.state = State::mediating;
    ticket.mediations = {{.unit = city.unit("610526.justice")}};
    ticket.charged_units = {city.unit("610526.justice"), city.unit("610526.market")};
    const auto person = [&](std::string_view code) {
        const Actor clerk{.role = Role::unit_clerk, .unit = city.unit(code)};
        return views_of(clerk, ticket, scope_of(clerk, city.directory)).person;
    };
    CHECK(person("610526.justice") == View::clear);
    CHECK(person("610526.market") == View::masked);
    CHECK(person("610526.housing") == View::clear);
    ticket.lead_unit = {};  // returned: it is nobody's
    CHECK(person("610526.housing") == View::masked);
}

TEST_CASE("A2 who has only a milestone or the mediation has something to see") {
    CHECK(Scope{}.nothing());
    CHECK_FALSE(Scope{.charged = {{1}}}.nothing());
}

TEST_CASE("A5 units above each other in a ring are not climbed for ever") {
    City city;
    for (Unit& unit : city.directory.units) {
        if (unit.code == "610526.gov_office") unit.parent = city.unit("610526.housing");
    }
    city.directory.index();
    const Actor clerk{.role = Role::official, .unit = city.unit("610526.housing")};
    const Scope scope = scope_of(clerk, city.directory);
    CHECK(scope.closed_complaints.size() == 16);
    Ticket ticket = ticket_of(city);
    ticket.complained_unit = city.unit("610526.gov_office");
    CHECK_FALSE(may_see(scope, scope_keys(ticket)));
}

TEST_CASE("A10 a result is the appellant's to read from the callback on, and why he was declined") {
    for (const auto& [state, word] : names_of(State{})) {
        CAPTURE(word);
        const bool shown = state == State::callback || state == State::closed ||
                           state == State::archived || state == State::declined;
        CHECK(result_is_public(state) == shown);
        Ticket ticket;
        ticket.state = state;
        for (const Role role : {Role::official, Role::unit_clerk, Role::unit_leader}) {
            CHECK(shown_to_appellant(ticket, Audience::everyone, role) == shown);
        }
        CHECK(shown_to_appellant(ticket, Audience::everyone, Role::dispatcher));
    }
}

TEST_CASE(
    "A11 the centre keeps everybody's leave and turns, a unit's office those of its own people"
) {
    const City city;
    const auto county = city.unit("610526.gov_office");
    const auto housing = city.unit("610526.housing");
    for (const Role role : {Role::supervisor, Role::admin}) {
        CHECK(keeps_duty_of({.role = role}, housing, city.directory));
    }
    for (const Role role : {Role::unit_clerk, Role::unit_leader}) {
        CHECK(keeps_duty_of({.role = role, .unit = county}, housing, city.directory));
        CHECK(keeps_duty_of({.role = role, .unit = housing}, housing, city.directory));
        CHECK_FALSE(keeps_duty_of({.role = role, .unit = housing}, county, city.directory));
        CHECK_FALSE(keeps_duty_of({.role = role, .unit = housing}, {}, city.directory));
        CHECK_FALSE(may(role, Verb::directory_keep));
    }
    const Actor worker{.role = Role::official, .official = city.worker};
    CHECK_FALSE(keeps_duty_of(worker, housing, city.directory));
}

TEST_CASE("A13 an official keeps his own leave and deputy, nobody else's") {
    const City city;
    const Actor worker{.role = Role::official, .official = city.worker};
    CHECK(keeps_own_duty(worker, city.worker));
    CHECK_FALSE(keeps_own_duty(worker, city.stranger));
    CHECK_FALSE(keeps_own_duty({.role = Role::official}, {}));
    CHECK_FALSE(keeps_own_duty({.role = Role::agent, .official = city.worker}, city.worker));
}

TEST_CASE("A18 a recording is heard by its agent, who reviews, who supervises and who audits") {
    const auto hears = [](Role role, UserId user, RecordedCall call) {
        return may_hear({.user = user, .role = role}, call);
    };
    const RecordedCall plain{.agent = {50}};
    const RecordedCall filed{.agent = {50}, .filed = true};
    const RecordedCall secret{.agent = {50}, .filed = true, .hidden = true};
    for (const auto& call : {plain, filed, secret}) {
        CHECK(hears(Role::agent, {50}, call));
        CHECK(!hears(Role::agent, {51}, call));
        CHECK(hears(Role::supervisor, {60}, call));
        for (const Role role :
             {Role::dispatcher,
              Role::official,
              Role::unit_clerk,
              Role::unit_leader,
              Role::manager,
              Role::admin,
              Role::enterprise,
              Role::machine}) {
            CHECK(!hears(role, {50}, call));
        }
    }
    CHECK(!hears(Role::agent, {}, RecordedCall{}));
    CHECK(!hears(Role::reviewer, {61}, plain));
    CHECK(hears(Role::reviewer, {61}, filed));
    CHECK(hears(Role::reviewer, {61}, secret));
    CHECK(hears(Role::auditor, {62}, plain));
    CHECK(hears(Role::auditor, {62}, filed));
    CHECK(!hears(Role::auditor, {62}, secret));
}
