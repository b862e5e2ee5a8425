#pragma once

#include "ticketing/types/directory.hpp"

#include <string>
#include <utility>

// A city of two counties, one zone and a handful of offices for the tests of cues and router.
namespace small_city {

using namespace hotline::ticketing;

inline void add_unit(
    Directory& city, std::string code, UnitLevel level, std::string name, std::string parent = {}
) {
    Unit unit;
    unit.id = UnitId{city.units.size() + 1};
    unit.code = code;
    unit.name = std::move(name);
    unit.level = level;
    const auto dot = code.find('.');
    unit.division = code.starts_with("city.") ? "610500" : code.substr(0, dot);
    unit.function = code.substr(dot + 1);
    for (const Unit& above : city.units) {
        if (above.code == parent) unit.parent = above.id;
    }
    city.units.push_back(std::move(unit));
}

inline Duty duty(
    std::string topic,
    std::string function,
    bool county,
    bool zone,
    std::vector<std::string> co = {}
) {
    Duty made;
    made.topic = std::move(topic);
    made.category = "行业监管";
    made.function = std::move(function);
    made.county_has_power = county;
    made.zone_has_power = zone;
    made.co_functions = std::move(co);
    return made;
}

inline OfficialId add_official(Directory& city, std::string_view unit, std::string name) {
    Official official;
    official.id = OfficialId{city.officials.size() + 1};
    official.name = std::move(name);
    for (const Unit& row : city.units) {
        if (row.code == unit) official.unit = row.id;
    }
    city.officials.push_back(std::move(official));
    return city.officials.back().id;
}

inline Directory make() {
    Directory city;
    using Kind = Division::Kind;
    city.divisions = {
        {"610500", "渭南市", "", Kind::city},
        {"610502", "临渭区", "610500", Kind::county},
        {"610526", "蒲城县", "610500", Kind::county},
        {"610527", "白水县", "610500", Kind::county},
        {"6105G1", "渭南高新区", "610500", Kind::zone},
        {"610526001", "城关街道", "610526", Kind::town},
        {"610526102", "孙镇", "610526", Kind::town},
        {"610527001", "城关街道", "610527", Kind::town},
        {"610526101", "罕井镇", "610526", Kind::town},
    };
    city.units.reserve(32);
    add_unit(city, "centre.hotline", UnitLevel::centre, "热线中心");
    city.units[0].division = "610500";
    for (const auto& [function, name] : {
             std::pair{"gov_office", "市政府办"},
             {"housing", "市住建局"},
             {"state_grid", "国网公司"},
             {"industry", "市工信局"},
             {"agriculture", "市农业农村局"},
             {"market", "市市场监管局"},
             {"justice", "市司法局"},
             {"development_reform", "市发改委"},
             {"public_security", "市公安局"},
         }) {
        const auto level =
            std::string_view{function} == "state_grid" ? UnitLevel::central : UnitLevel::city;
        add_unit(city, std::string{"city."} + function, level, name);
    }
    add_unit(city, "610526.gov_office", UnitLevel::county, "蒲城县政府办");
    for (const auto& [function, name] :
         {std::pair{"housing", "蒲城县住建局"},
          {"industry", "蒲城县工信局"},
          {"agriculture", "蒲城县农业农村局"},
          {"market", "蒲城县市场监管局"},
          {"justice", "蒲城县司法局"}}) {
        add_unit(
            city, std::string{"610526."} + function, UnitLevel::county, name, "610526.gov_office"
        );
    }
    add_unit(
        city, "610526102.town_government", UnitLevel::town, "孙镇人民政府", "610526.gov_office"
    );
    add_unit(city, "6105G1.zone_admin", UnitLevel::zone, "高新区管委会");
    city.duties = {
        duty("规划建设", "housing", true, true),
        duty("用电", "state_grid", false, false, {"development_reform"}),
        duty("政策兑现", "by_industry", true, false),
        duty("市场竞争", "market", true, false),
        duty("作风效能", "gov_office", true, false),
        duty("其他", "gov_office", true, false),
    };
    city.duties[0].mediable = true;
    city.duties[0].words = {{"施工", 3}, {"施工许可", 7}, {"工地", 4}};
    city.duties[0].exceptions = {{"阻工", "public_security"}};
    city.duties[1].words = {{"停电", 8}, {"电价", 6}, {"变压器", 7}};
    city.duties[2].words = {{"奖补", 6}, {"兑现", 4}};
    city.duties[3].words = {{"出口退税打假", 5}, {"虚假宣传", 7}};
    city.index();
    return city;
}

inline UnitId id_of(const Directory& city, std::string_view code) {
    const Unit* unit = city.unit_by_code(code);
    return unit ? unit->id : UnitId{};
}

}  // namespace small_city
