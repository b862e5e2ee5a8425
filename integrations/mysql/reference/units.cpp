#include "integrations/mysql/reference/lines.hpp"
#include "integrations/mysql/reference/tables.hpp"

#include <map>

namespace hotline::reference {
namespace {

using ticketing::Division;
using ticketing::Unit;
using ticketing::UnitId;
using ticketing::UnitLevel;

constexpr std::string_view city = "610500";
constexpr std::string_view office = "gov_office";
// 临渭区: the city's own water, gas and heat companies serve it.
constexpr std::string_view seat_of_the_city = "610502";

// One line of departments.tsv.
struct Department {
    std::string function;
    UnitLevel level = UnitLevel::city;
    std::string city_name;
    std::string county_name;  // with {} for the county; empty: none there
    bool under_city_body = false;
};

Result<Department> department_of(const Line& line) {
    const auto cells = parted(line.text, '\t');
    if (cells.size() != 6) return faulty(line, "expected six columns");
    const auto level = ticketing::from_name<UnitLevel>(cells[1]);
    if (!level) return faulty(line, "unknown level");
    Department department;
    department.function = cells[0];
    department.level = *level;
    department.city_name = cells[2];
    if (cells[3] != "-") {
        if (cells[3].find("{}") == std::string_view::npos) {
            return faulty(line, "the county name has no {}");
        }
        department.county_name = cells[3];
    }
    department.under_city_body = cells[4] == "self";
    return department;
}

class UnitList {
public:
    UnitId add(Unit unit) {
        unit.id = UnitId{units_.size() + 1};
        by_code_.emplace(unit.code, unit.id);
        units_.push_back(std::move(unit));
        return units_.back().id;
    }
    UnitId find(const std::string& code) const {
        const auto at = by_code_.find(code);
        return at == by_code_.end() ? UnitId{} : at->second;
    }
    std::vector<Unit> take() { return std::move(units_); }

private:
    std::vector<Unit> units_;
    std::map<std::string, UnitId> by_code_;
};

void add_county_units(
    const std::vector<Department>& departments, const Division& county, UnitList& units
) {
    const std::string office_code = county.code + "." + std::string{office};
    for (const Department& department : departments) {
        if (department.county_name.empty()) continue;
        const bool served_by_city =
            department.level == UnitLevel::utility && county.code == seat_of_the_city;
        if (served_by_city) continue;
        Unit unit;
        unit.code = county.code + "." + department.function;
        unit.name = department.county_name;
        unit.name.replace(unit.name.find("{}"), 2, county.name);
        unit.parent = department.under_city_body ? units.find("city." + department.function)
                                                 : units.find(office_code);
        unit.level = department.level == UnitLevel::city ? UnitLevel::county : department.level;
        unit.division = county.code;
        unit.function = department.function;
        units.add(std::move(unit));
    }
}

void add_local_body(const Division& division, UnitList& units) {
    const bool zone = division.kind == Division::Kind::zone;
    Unit unit;
    unit.function = zone ? "zone_admin" : "town_government";
    unit.code = division.code + "." + unit.function;
    const bool street = division.name.ends_with("街道");
    // Counties have zones of these names as well.
    const bool bare = division.name == "高新区" || division.name == "经开区";
    if (zone) {
        unit.name = (bare ? "渭南" : "") + division.name + "管委会";
    } else {
        unit.name = division.name + (street ? "办事处" : "人民政府");
    }
    unit.parent = zone ? UnitId{} : units.find(division.parent + "." + std::string{office});
    unit.level = zone ? UnitLevel::zone : UnitLevel::town;
    unit.division = division.code;
    units.add(std::move(unit));
}

}  // namespace

Result<std::vector<Unit>> parse_units(std::string_view text, const std::vector<Place>& places) {
    std::vector<Department> departments;
    for (const Line& line : lines_of("departments.tsv", text)) {
        auto department = department_of(line);
        if (!department) return std::unexpected(department.error());
        departments.push_back(std::move(*department));
    }
    UnitList units;
    units.add(
        {{}, "centre", "12345热线中心", {}, UnitLevel::centre, std::string{city}, "hotline", true}
    );
    for (const Department& department : departments) {
        units.add(
            {{},
             "city." + department.function,
             department.city_name,
             {},
             department.level,
             std::string{city},
             department.function,
             true}
        );
    }
    for (const Place& place : places) {
        if (place.division.kind == Division::Kind::county) {
            add_county_units(departments, place.division, units);
        }
    }
    for (const Place& place : places) {
        if (place.division.kind == Division::Kind::zone ||
            place.division.kind == Division::Kind::town) {
            add_local_body(place.division, units);
        }
    }
    return units.take();
}

}  // namespace hotline::reference
