#include "ticketing/organisation/rules.hpp"
#include "ticketing/text.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>

namespace hotline::ticketing::organisation {
namespace {

bool is_place(std::string_view code, Division::Kind kind, const Directory& directory) {
    const Division* division = directory.division(code);
    return division != nullptr && division->kind == kind;
}

// O17: the town lies in the county.
void check_places(const Enterprise& firm, const Directory& directory, Faults& faults) {
    using enum Division::Kind;
    if (!is_place(firm.division, county, directory)) {
        faults.push_back({Rule::place, "division", "no_county", {firm.division}});
    }
    if (!firm.zone.empty() && !is_place(firm.zone, zone, directory)) {
        faults.push_back({Rule::place, "zone", "no_zone", {firm.zone}});
    }
    if (firm.town.empty()) return;
    const bool fits = is_place(firm.town, town, directory) &&
                      directory.division(firm.town)->parent == firm.division;
    if (!fits) faults.push_back({Rule::place, "town", "no_town", {firm.town}});
}

}  // namespace

Faults check(
    const Card& wanted,
    const Card* before,
    const Directory& directory,
    const Enterprise* firm,
    std::span<const Card> others
) {
    Faults faults;
    if (before != nullptr &&
        (before->enterprise != wanted.enterprise || before->official != wanted.official)) {
        faults.push_back({Rule::card, "official_id", "card_pair_changes", {}});
    }
    for (const Card& other : others) {
        const bool same = other.id != wanted.id && other.enterprise == wanted.enterprise &&
                          other.official == wanted.official;
        if (!same) continue;
        faults.push_back({Rule::card, "official_id", other.active ? "card_twice" : "card_ended", {}}
        );
        break;
    }
    if (!wanted.active) return faults;
    if (firm == nullptr || !firm->active) {
        faults.push_back({Rule::card, "enterprise_id", "card_of_no_firm", {}});
    }
    const Official* official = directory.official(wanted.official);
    if (official == nullptr || !official->active) {
        faults.push_back({Rule::card, "official_id", "card_of_nobody", {}});
    }
    return faults;
}

Faults check(const Enterprise& wanted, const Directory& directory, const Enterprise* same_code) {
    Faults faults;
    if (!wanted.uscc.empty() && inspect_uscc(wanted.uscc).refused()) {
        faults.push_back({Rule::enterprise, "uscc", "bad_uscc", {wanted.uscc}});
    }
    if (same_code != nullptr && same_code->id != wanted.id) {
        faults.push_back({Rule::enterprise, "uscc", "uscc_taken", {same_code->name}});
    }
    const auto length = characters(wanted.name);
    if (length < 1 || length > 160) {
        faults.push_back({Rule::name, "name", "enterprise_name", {}});
    }
    if (characters(wanted.address) > 200) {
        faults.push_back({Rule::enterprise, "address", "address", {}});
    }
    check_places(wanted, directory, faults);
    const std::string& section = wanted.industry;
    const bool known = section.size() == 1 && section >= "A" && section <= "T";
    if (!section.empty() && !known) {
        faults.push_back({Rule::enterprise, "industry", "industry", {}});
    }
    if (wanted.size < 1 || wanted.size > 4) {
        faults.push_back({Rule::enterprise, "size", "size", {}});
    }
    return faults;
}

}  // namespace hotline::ticketing::organisation
