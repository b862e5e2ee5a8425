#include "ticketing/types/directory.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

const std::vector<OfficialId> no_officials;
const std::vector<UnitId> no_units;

std::string function_key(std::string_view function, std::string_view division) {
    std::string key;
    key.reserve(function.size() + division.size() + 1);
    key += function;
    key += '@';
    key += division;
    return key;
}

template <class Map, class Key, class Vector>
const auto* found(const Map& map, const Key& key, const Vector& vector) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &vector[at->second];
}

}  // namespace

void Directory::index() {
    units_by_id_.clear();
    units_by_code_.clear();
    units_by_function_.clear();
    officials_by_id_.clear();
    officials_by_unit_.clear();
    divisions_by_code_.clear();
    duties_by_topic_.clear();
    subtrees_.clear();
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Unit& unit = units[i];
        units_by_id_.emplace(unit.id.value, i);
        units_by_code_.emplace(unit.code, i);
        if (unit.active && !unit.function.empty()) {
            units_by_function_.emplace(function_key(unit.function, unit.division), i);
        }
    }
    for (std::size_t i = 0; i < officials.size(); ++i) {
        officials_by_id_.emplace(officials[i].id.value, i);
        officials_by_unit_[officials[i].unit.value].push_back(officials[i].id);
    }
    for (auto& [unit, members] : officials_by_unit_) std::ranges::sort(members);
    for (std::size_t i = 0; i < divisions.size(); ++i) {
        divisions_by_code_.emplace(divisions[i].code, i);
    }
    for (std::size_t i = 0; i < duties.size(); ++i) duties_by_topic_.emplace(duties[i].topic, i);
    // Each unit enters the subtree of itself and of every ancestor; the bound stops a ring of
    // parents, which only a damaged register could hold.
    for (const Unit& unit : units) {
        UnitId above = unit.id;
        for (int depth = 0; above && depth < 8; ++depth) {
            auto& members = subtrees_[above.value];
            if (!members.empty() && members.back() == unit.id) break;
            members.push_back(unit.id);
            const Unit* parent = this->unit(above);
            above = parent ? parent->parent : UnitId{};
        }
    }
}

const Unit* Directory::unit(UnitId id) const {
    return found(units_by_id_, id.value, units);
}

const Unit* Directory::unit_by_code(std::string_view code) const {
    return found(units_by_code_, std::string{code}, units);
}

const Unit* Directory::unit_for(std::string_view function, std::string_view division) const {
    return found(units_by_function_, function_key(function, division), units);
}

const Official* Directory::official(OfficialId id) const {
    return found(officials_by_id_, id.value, officials);
}

const std::vector<OfficialId>& Directory::officials_of(UnitId unit) const {
    const auto at = officials_by_unit_.find(unit.value);
    return at == officials_by_unit_.end() ? no_officials : at->second;
}

const Division* Directory::division(std::string_view code) const {
    return found(divisions_by_code_, std::string{code}, divisions);
}

const Duty* Directory::duty(std::string_view topic) const {
    return found(duties_by_topic_, std::string{topic}, duties);
}

std::vector<OfficialId> Directory::on_duty(UnitId unit, Instant at) const {
    std::vector<OfficialId> reached;
    for (const Turn& turn : turns) {
        if (turn.unit == unit && turn.covers(at)) reached.push_back(turn.official);
    }
    std::ranges::sort(reached);
    return reached;
}

const std::vector<UnitId>& Directory::subtree(UnitId root) const {
    const auto at = subtrees_.find(root.value);
    return at == subtrees_.end() ? no_units : at->second;
}

std::vector<UnitId> Directory::lineage(UnitId unit) const {
    constexpr std::size_t deepest = 16;
    std::vector<UnitId> line;
    while (unit && line.size() < deepest) {
        line.push_back(unit);
        const Unit* found = this->unit(unit);
        unit = found == nullptr ? UnitId{} : found->parent;
    }
    return line;
}

bool Directory::within(UnitId unit, UnitId root) const {
    UnitId above = unit;
    for (int depth = 0; above && depth < 8; ++depth) {
        if (above == root) return true;
        const Unit* row = this->unit(above);
        above = row ? row->parent : UnitId{};
    }
    return false;
}

}  // namespace hotline::ticketing
