#include "ticketing/types/unit_policies.hpp"

#include <string_view>
#include <vector>

namespace hotline::ticketing {

UnitPolicies::UnitPolicies(const sla::Policy& whole, const Directory& directory) {
    for (const std::string& code : sla::units_named(whole)) {
        const Unit* unit = directory.unit_by_code(code);
        if (unit == nullptr) continue;
        std::vector<std::string_view> codes;
        for (const UnitId above : directory.lineage(unit->id)) {
            if (const Unit* found = directory.unit(above)) codes.push_back(found->code);
        }
        named_.emplace(unit->id.value, sla::for_unit(whole, codes));
    }
}

const sla::Policy* UnitPolicies::of(UnitId unit, const Directory& directory) const {
    if (named_.empty()) return nullptr;
    // What is named above the nearest named unit is in that one's lines already.
    for (const UnitId above : directory.lineage(unit)) {
        const auto own = named_.find(above.value);
        if (own != named_.end()) return &own->second;
    }
    return nullptr;
}

}  // namespace hotline::ticketing
