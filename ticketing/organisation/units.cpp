#include "ticketing/organisation/rules.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::ticketing::organisation {
namespace {

// Directory::within and subtree() look no further up (O4).
constexpr std::size_t deepest = 8;

bool is_code(std::string_view code) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_';
    };
    return code.size() >= 2 && code.size() <= 60 && std::ranges::all_of(code, fits);
}

// O5: who stands above whom. Utilities and centrally managed bodies hang below either.
int rank(UnitLevel level) {
    switch (level) {
        case UnitLevel::city:
        case UnitLevel::centre:
            return 1;
        case UnitLevel::county:
        case UnitLevel::zone:
            return 2;
        case UnitLevel::town:
            return 3;
        case UnitLevel::utility:
        case UnitLevel::central:
            break;
    }
    return 0;
}

// The wanted unit in place of the one the directory has.
const Unit* unit_of(UnitId id, const Unit& wanted, const Directory& directory) {
    return id == wanted.id && id ? &wanted : directory.unit(id);
}

// The units above, nearest first, until the root, a gap, or one that is there already: then `ring`.
struct Line {
    std::size_t length = 0;
    bool ring = false;
};

Line line_above(const Unit& wanted, const Directory& directory) {
    std::vector<UnitId> passed{wanted.id};
    UnitId above = wanted.parent;
    while (above) {
        if (std::ranges::find(passed, above) != passed.end()) return {passed.size(), true};
        passed.push_back(above);
        const Unit* unit = unit_of(above, wanted, directory);
        above = unit == nullptr ? UnitId{} : unit->parent;
    }
    return {passed.size(), false};
}

void check_parent(const Unit& wanted, const Directory& directory, Faults& faults) {
    if (!wanted.parent) return;
    const Unit* parent = directory.unit(wanted.parent);
    if (parent == nullptr) {
        faults.push_back({Rule::parent, "parent_id", "no_parent", {}});
        return;
    }
    const Line line = line_above(wanted, directory);
    if (line.ring) {
        faults.push_back({Rule::ring, "parent_id", "ring", {wanted.name, parent->name}});
        return;
    }
    if (line.length > deepest) {
        faults.push_back({Rule::ring, "parent_id", "too_deep", {std::to_string(deepest)}});
    }
    if (wanted.active && !parent->active) {
        faults.push_back({Rule::parent, "parent_id", "parent_out_of_use", {parent->name}});
    }
    const int own = rank(wanted.level), above = rank(parent->level);
    if (own != 0 && above > own) {
        faults.push_back({Rule::level, "level", "level_above_parent", {parent->name}});
    }
}

void check_function(const Unit& wanted, const Directory& directory, Faults& faults) {
    if (characters(wanted.function) > 40) {
        faults.push_back({Rule::function, "function", "function_too_long", {}});
    }
    if (wanted.function.empty() || !wanted.active) return;
    const Unit* holder = directory.unit_for(wanted.function, wanted.division);
    if (holder != nullptr && holder->id != wanted.id) {
        faults.push_back({Rule::function, "function", "function_taken", {holder->name}});
    }
}

void check_code(
    const Unit& wanted, const Unit* before, const Directory& directory, Faults& faults
) {
    if (!is_code(wanted.code)) faults.push_back({Rule::code, "code", "bad_code", {}});
    if (before != nullptr && before->code != wanted.code) {
        faults.push_back({Rule::code, "code", "code_changes", {before->code}});
    }
    const Unit* holder = directory.unit_by_code(wanted.code);
    if (holder != nullptr && holder->id != wanted.id) {
        faults.push_back({Rule::code, "code", "code_taken", {wanted.code, holder->name}});
    }
}

}  // namespace

bool in_ring(const Unit& unit, const Directory& directory) {
    return line_above(unit, directory).ring;
}

Faults check(const Unit& wanted, const Unit* before, const Directory& directory, const Ties& ties) {
    Faults faults;
    check_code(wanted, before, directory, faults);
    const auto length = characters(wanted.name);
    if (length < 2 || length > 80) faults.push_back({Rule::name, "name", "unit_name", {}});
    if (directory.division(wanted.division) == nullptr) {
        faults.push_back({Rule::place, "division", "no_division", {wanted.division}});
    }
    check_parent(wanted, directory, faults);
    check_function(wanted, directory, faults);
    if (before == nullptr || !before->active || wanted.active) return faults;
    const auto tied = [&](std::int64_t count, std::string_view what) {
        if (count > 0) {
            faults.push_back({Rule::unit_in_use, "active", what, {std::to_string(count)}});
        }
    };
    tied(ties.open_tickets, "unit_has_tickets");
    tied(ties.officials, "unit_has_officials");
    tied(ties.units, "unit_has_units");
    return faults;
}

}  // namespace hotline::ticketing::organisation
