#pragma once

#include "small_city.hpp"
#include "ticketing/organisation/rules.hpp"
#include "ticketing/organisation/whole.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

// The small city with people in it, for the tests of rules O1 to O18.
namespace organised {

using namespace hotline::ticketing;
using namespace std::chrono_literals;
namespace organisation = hotline::ticketing::organisation;
using hotline::sla::LocalDay;
using organisation::Card;
using organisation::check;
using organisation::Faults;
using organisation::Leave;
using organisation::StaffedOfficial;
using small_city::id_of;

inline const LocalDay the_day{2026y / 11 / 27};

// "O4" and the sentence's code of each broken rule, in order.
inline std::vector<std::string> told(const Faults& faults) {
    std::vector<std::string> all;
    for (const auto& fault : faults) {
        all.push_back(label(fault.rule) + " " + std::string(fault.what));
        // No fault without its sentence in both languages, complete.
        for (const bool english : {false, true}) {
            const auto text = sentence(fault, english);
            CHECK(text != fault.what);
            CHECK(text.find("{}") == std::string::npos);
        }
    }
    return all;
}

using Told = std::vector<std::string>;

inline Directory city_with_people() {
    Directory city = small_city::make();
    small_city::add_official(city, "610526.housing", "甲");
    small_city::add_official(city, "610526.housing", "乙");
    small_city::add_official(city, "city.housing", "丙");
    city.index();
    return city;
}

inline Unit a_unit(const Directory& city) {
    Unit unit;
    unit.id = UnitId{1000};
    unit.code = "610526.water";
    unit.name = "蒲城县水务局";
    unit.parent = id_of(city, "610526.gov_office");
    unit.level = UnitLevel::county;
    unit.division = "610526";
    unit.function = "water";
    return unit;
}

inline StaffedOfficial staffed(const Directory& city, std::uint64_t id) {
    StaffedOfficial found;
    for (const auto& official : city.officials) {
        if (official.id.value == id) found.official = official;
    }
    found.staff_no = "S" + std::to_string(id);
    return found;
}

inline Enterprise a_firm() {
    Enterprise firm;
    firm.id = {7};
    firm.name = "某公司";
    firm.division = "610526";
    return firm;
}

}  // namespace organised
