#include "ticketing/types/unit_calendars.hpp"

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <ostream>

using namespace hotline;
using namespace hotline::ticketing;
using namespace std::chrono_literals;
using sla::test::at;

namespace {

// A desk that is open every day from 08:00 to 20:00.
sla::Calendar desk() {
    sla::CalendarData data = sla::test::china().data();
    data.week.fill({{8h, 20h}});
    return sla::Calendar::build(std::move(data)).value();
}

struct Town {
    Directory directory;
    UnitId root{1}, middle{2}, leaf{3}, other{4};

    Town() {
        for (const auto& [id, parent] :
             {std::pair{root, UnitId{}}, {middle, root}, {leaf, middle}, {other, root}}) {
            Unit unit;
            unit.id = id;
            unit.code = std::to_string(id.value);
            unit.parent = parent;
            directory.units.push_back(std::move(unit));
        }
        directory.index();
    }
};

}  // namespace

TEST_CASE("S33: the nearest calendar above a unit is its own") {
    const Town town;
    const UnitCalendars none;
    CHECK(none.of(town.leaf, town.directory) == nullptr);
    const UnitCalendars units{
        {{"desk", desk()}, {"plain", sla::test::china()}}, {{2, "desk"}, {3, "plain"}, {4, "gone"}}
    };
    CHECK(units.of(town.root, town.directory) == nullptr);
    REQUIRE(units.of(town.middle, town.directory) != nullptr);
    CHECK(units.of(town.middle, town.directory)->is_open(at(2026, 11, 28, 19)));
    CHECK_FALSE(units.of(town.leaf, town.directory)->is_open(at(2026, 11, 28, 19)));
    CHECK(units.of(town.other, town.directory) == nullptr);
    CHECK(units.of(UnitId{99}, town.directory) == nullptr);
}

TEST_CASE("S33: units in a ring are not searched for ever") {
    Directory ring;
    for (const std::uint64_t id : {1, 2}) {
        Unit unit;
        unit.id = UnitId{id};
        unit.code = std::to_string(id);
        unit.parent = UnitId{3 - id};
        ring.units.push_back(std::move(unit));
    }
    const UnitCalendars units{{{"desk", desk()}}, {{7, "desk"}}};
    CHECK(units.of(UnitId{1}, ring) == nullptr);
}

TEST_CASE("S33: what the unit owes runs by its calendar, the centre's own by the usual one") {
    const Town town;
    const UnitCalendars units{{{"desk", desk()}}, {{2, "desk"}}};
    const sla::Policy policy = sla::default_policy();
    const sla::Calendar& usual = sla::test::china();
    const Surroundings around{town.directory, policy, usual, at(2026, 11, 27, 19), &units};
    Ticket ticket;
    ticket.type = AppealType::help;
    ticket.lead_unit = town.leaf;
    start_clock(ticket, sla::ClockKind::sign_for, around);  // four working hours from Friday 19:00
    CHECK(open_clock(ticket, sla::ClockKind::sign_for)->due_at == at(2026, 11, 28, 11));
    start_clock(ticket, sla::ClockKind::review, around);
    CHECK(open_clock(ticket, sla::ClockKind::review)->due_at == at(2026, 11, 30, 18));
    ticket.lead_unit = town.other;
    start_clock(ticket, sla::ClockKind::sign_for, around);
    CHECK(open_clock(ticket, sla::ClockKind::sign_for)->due_at == at(2026, 11, 30, 15));
}
