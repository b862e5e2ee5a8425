#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/successors.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stage;
using sla::ClockKind;

namespace {

// To the next callback, and there is discontent.
std::string redone(Stage& s) {
    if (s.ticket.state == State::handling) {
        s.now += 24h * 10;  // helpers have had their time
        REQUIRE(s.act(Act::submit_result, Role::unit_clerk) == "");
        REQUIRE(s.act(Act::review_pass, Role::reviewer) == "");
    }
    auto no = s.request(Act::callback, Role::reviewer);
    no.solved = Solved::no;
    no.satisfaction = Satisfaction::dissatisfied;
    return s.tried(no);
}

}  // namespace

TEST_CASE("T23 the first redo is another official's of the same unit") {
    Stage s;
    s.callback();
    REQUIRE(s.ticket.official == s.city.worker);
    REQUIRE(redone(s) == "");
    CHECK(s.ticket.lead_unit == s.city.unit("610526.housing"));
    CHECK(s.ticket.official == s.city.colleague);
    CHECK(s.ticket.co_units.empty());
}

TEST_CASE("T23 the second goes to the same department one level up, and the unit of before helps") {
    Stage s;
    s.callback();
    redone(s);
    REQUIRE(redone(s) == "");
    CHECK(s.rule == "T23");
    const UnitId county = s.city.unit("610526.housing");
    CHECK(s.ticket.lead_unit == s.city.unit("city.housing"));
    CHECK(!s.ticket.official);  // it has no officials: its office gives it to somebody
    CHECK(s.ticket.co_units == std::vector{county});
    REQUIRE(open_clock(s.ticket, ClockKind::co_unit));
    CHECK(open_clock(s.ticket, ClockKind::handle)->limit == sla::working_days(3));
    CHECK(s.event.changes.find("\"unit\":[") != std::string::npos);
    // A third is a hard case and stays there.
    REQUIRE(redone(s) == "");
    CHECK(s.rule == "T32");
    CHECK(s.ticket.lead_unit == s.city.unit("city.housing"));
    CHECK(s.ticket.hard_case);
}

TEST_CASE("T23 who helped before leads, and is not asked to help himself") {
    Stage s;
    s.handling();
    s.act(Act::first_contact, Role::official);
    REQUIRE(s.act(Act::add_co_unit, Role::official) == "");  // city.housing
    s.ticket.redo_count = 1;
    REQUIRE(redone(s) == "");
    CHECK(s.ticket.lead_unit == s.city.unit("city.housing"));
    CHECK(s.ticket.co_units == std::vector{s.city.unit("610526.housing")});
}

TEST_CASE("T23 where nobody is above, the unit's leader has it") {
    Stage s;
    auto dispatch = s.request(Act::dispatch, Role::dispatcher);
    dispatch.unit = s.city.unit("city.state_grid");
    dispatch.official = s.city.stranger;
    REQUIRE(s.tried(dispatch) == "");
    s.act(Act::sign_for, Role::official);
    s.act(Act::first_contact, Role::official);
    s.ticket.redo_count = 1;
    REQUIRE(redone(s) == "");
    CHECK(s.ticket.lead_unit == s.city.unit("city.state_grid"));
    CHECK(!s.ticket.official);
    CHECK(s.ticket.co_units.empty());
}

TEST_CASE("T23 one level up: the counterpart, else the unit above, else the government's office") {
    Stage s;
    const auto up = [&](std::string_view from) {
        s.ticket.lead_unit = s.city.unit(from);
        return one_level_up(s.ticket, s.city.directory);
    };
    CHECK(up("610526.market") == s.city.unit("city.market"));
    CHECK(up("610526102.town_government") == s.city.unit("610526.gov_office"));
    CHECK(up("6105G1.zone_admin") == s.city.unit("city.gov_office"));
    CHECK(up("610526.gov_office") == s.city.unit("city.gov_office"));
    CHECK(!up("city.gov_office"));
    CHECK(!up("nowhere"));
    s.ticket.refused_units = {s.city.unit("city.market")};
    CHECK(up("610526.market") == s.city.unit("610526.gov_office"));
    s.ticket.complained_unit = s.city.unit("610526.gov_office");
    CHECK(up("610526.market") == s.city.unit("city.gov_office"));
}

TEST_CASE("T23 another official: at work, with the topic among his duties, the next by number") {
    Stage s;
    Directory city = s.city.directory;
    const UnitId unit = s.city.unit("610526.housing");
    s.ticket.official = s.city.worker;
    CHECK(another_official(s.ticket, unit, city) == s.city.colleague);
    s.ticket.official = s.city.colleague;
    CHECK(another_official(s.ticket, unit, city) == s.city.worker);  // round the end
    s.ticket.official = s.city.worker;
    for (void (*hinder)(Official&) :
         {+[](Official& o) { o.on_leave = true; },
          +[](Official& o) { o.active = false; },
          +[](Official& o) { o.duty = "用电"; }}) {
        Directory with = city;
        hinder(with.officials[1]);
        CHECK(!another_official(s.ticket, unit, with));
    }
    s.ticket.topic = "没有这一项";
    CHECK(another_official(s.ticket, unit, city) == s.city.colleague);
}

TEST_CASE("T23 and T30 a reopened ticket is done by somebody else, too") {
    Stage s;
    s.callback();
    s.act(Act::callback, Role::enterprise);
    REQUIRE(s.act(Act::reopen, Role::enterprise) == "");
    CHECK(s.ticket.official == s.city.colleague);
}

TEST_CASE("T23 a damaged register ends the way up, and a unit at rest is passed over") {
    Stage s;
    s.ticket.lead_unit = s.city.unit("610526.market");
    Directory city = s.city.directory;
    const auto unit = [&city](std::string_view code) -> Unit& {
        return *std::ranges::find(city.units, code, &Unit::code);
    };
    const auto up = [&] {
        city.index();
        return one_level_up(s.ticket, city);
    };
    unit("610526.market").division = "nowhere";
    CHECK(up() == s.city.unit("610526.gov_office"));
    unit("610526.gov_office").active = false;
    CHECK(!up());
    unit("610526.market").division = "610526";
    unit("city.market").active = false;
    unit("city.gov_office").active = false;
    CHECK(!up());
    std::ranges::find(city.divisions, "610526", &Division::code)->parent = "610526";  // a ring
    CHECK(!up());
}
