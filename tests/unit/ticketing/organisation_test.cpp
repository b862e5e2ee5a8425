#include "organised_city.hpp"

using namespace organised;

TEST_CASE("O1 to O6: a new unit is held against the tree it joins") {
    const Directory city = city_with_people();
    struct Row {
        const char* why;
        std::function<void(Unit&)> change;
        Told expected;
    };
    const std::string taken = city.units[1].code;
    for (const Row& row : {
             Row{"as it should be", [](Unit&) {}, {}},
             Row{"a blank in the code", [](Unit& u) { u.code = "a b"; }, {"O1 bad_code"}},
             Row{"no code", [](Unit& u) { u.code = ""; }, {"O1 bad_code"}},
             Row{"a code in use", [&](Unit& u) { u.code = taken; }, {"O1 code_taken"}},
             Row{"no name", [](Unit& u) { u.name = ""; }, {"O2 unit_name"}},
             Row{"a parent nobody knows", [](Unit& u) { u.parent = {4711}; }, {"O3 no_parent"}},
             Row{"itself above it", [](Unit& u) { u.parent = u.id; }, {"O3 no_parent"}},
             Row{"no such place", [](Unit& u) { u.division = "x"; }, {"O17 no_division"}},
             Row{"a city's office below a county's",
                 [](Unit& u) { u.level = UnitLevel::city; },
                 {"O5 level_above_parent"}},
             Row{"a utility below a county's office",
                 [](Unit& u) { u.level = UnitLevel::utility; },
                 {}},
             Row{"a function that is taken there",
                 [](Unit& u) { u.function = "housing"; },
                 {"O6 function_taken"}},
             Row{"the same out of use",
                 [](Unit& u) { u.function = "housing", u.active = false; },
                 {}},
         }) {
        CAPTURE(row.why);
        Unit unit = a_unit(city);
        row.change(unit);
        CHECK(told(check(unit, nullptr, city)) == row.expected);
    }
}

TEST_CASE("O4 a unit is never put below one that stands below it, however far") {
    Directory city = city_with_people();
    Unit top = *city.unit(id_of(city, "610526.gov_office"));
    for (std::uint64_t n = 0; n < 3; ++n) {
        Unit below = a_unit(city);
        below.id = {1000 + n};
        below.code += std::to_string(n);
        below.function += std::to_string(n);
        below.parent = n == 0 ? top.id : UnitId{999 + n};
        city.units.push_back(below);
    }
    city.index();
    const Unit before = top;
    top.parent = {1002};
    CHECK(told(check(top, &before, city)) == Told{"O4 ring"});
    top.parent = top.id;
    CHECK(told(check(top, &before, city)) == Told{"O4 ring"});
    // Eight levels are the most the tree is searched through.
    for (std::uint64_t n = 3; n < 8; ++n) {
        Unit below = a_unit(city);
        below.id = {1000 + n};
        below.code += std::to_string(n);
        below.function += std::to_string(n);
        below.parent = UnitId{999 + n};
        const bool fits = n < 7;
        CHECK(told(check(below, nullptr, city)) == (fits ? Told{} : Told{"O4 too_deep"}));
        city.units.push_back(below);
        city.index();
    }
}

TEST_CASE("O1, O3: a unit keeps its code and stands below one that is in use") {
    Directory city = city_with_people();
    const Unit before = a_unit(city);
    Unit after = before;
    after.code = "610526.rivers";
    CHECK(told(check(after, &before, city)) == Told{"O1 code_changes"});
    for (Unit& unit : city.units) unit.active = unit.code != "610526.gov_office";
    city.index();
    CHECK(told(check(before, nullptr, city)) == Told{"O3 parent_out_of_use"});
}

TEST_CASE("O7 a unit with work, people or units below it stays in use") {
    const Directory city = city_with_people();
    const Unit before = a_unit(city);
    Unit after = before;
    after.active = false;
    CHECK(check(after, &before, city).empty());
    const organisation::Ties ties{.open_tickets = 3, .officials = 2, .units = 1};
    CHECK(
        told(check(after, &before, city, ties)) ==
        Told{"O7 unit_has_tickets", "O7 unit_has_officials", "O7 unit_has_units"}
    );
    CHECK(
        sentence(check(after, &before, city, ties).front(), false) ==
        "该单位还有3件未办结工单，请先改派或办结，再停用。"
    );
    // Changing it while it is in use is another matter.
    CHECK(check(before, &before, city, ties).empty());
}

TEST_CASE("a directory with a ring, people without unit and double cards is made fit to decide with"
) {
    Directory city = city_with_people();
    const UnitId county = id_of(city, "610526.gov_office");
    const UnitId housing = id_of(city, "610526.housing");
    for (Unit& unit : city.units) {
        if (unit.id == county) unit.parent = housing;
        if (unit.id == housing) unit.parent = county;
        if (unit.code == "610526.market") unit.parent = {4711};
    }
    city.officials[0].deputy = {2};
    city.officials[0].capacity = 500;
    city.officials[0].duty = "占星";
    city.officials[1].unit = {4711};
    city.cards[7] = {OfficialId{1}, OfficialId{1}, OfficialId{99}};
    city.cards[8] = {OfficialId{2}};
    const auto faults = organisation::make_sound(city);
    Faults plain;
    for (const auto& found : faults) plain.push_back(found.fault);
    CHECK(
        told(plain) ==
        Told{
            "O4 ring_cut",
            "O3 parent_gone",
            "O11 capacity_bounded",
            "O12 duty_ignored",
            "O9 official_without_unit",
            "O10 deputy_dropped",
            "O16 card_dropped",
            "O16 card_dropped"
        }
    );
    // One link of the ring is gone, the other stays.
    const bool county_first = !city.unit(county)->parent;
    CHECK(county_first != !city.unit(housing)->parent);
    for (const Unit& unit : city.units) CHECK_FALSE(organisation::in_ring(unit, city));
    CHECK(city.official({1})->active);
    CHECK(city.official({1})->capacity == 100);
    CHECK_FALSE(city.official({2})->active);
    CHECK(city.cards.at(7) == std::vector{OfficialId{1}});
    CHECK_FALSE(city.cards.contains(8));
    // What is sound is left alone.
    CHECK(organisation::make_sound(city).size() == 1);  // the duty nobody knows
}
