#include "server/city/cards.hpp"

#include <algorithm>

namespace hotline::city {
namespace {

constexpr std::size_t one_ordinary_in = 40;
constexpr std::size_t county_digits = 6;

}  // namespace

CardSource::CardSource(
    const std::vector<ticketing::Unit>& units,
    const std::vector<ticketing::Official>& officials,
    std::uint64_t seed
)
    : seed_(seed) {
    std::unordered_map<std::uint64_t, std::string> division_of;
    for (const auto& unit : units) {
        // People of a town's government follow firms of the whole county.
        division_of[unit.id.value] = unit.division.substr(0, county_digits);
    }
    for (const auto& official : officials) {
        by_division_[division_of[official.unit.value]].push_back(official.id);
    }
}

std::optional<ticketing::OfficialId> CardSource::holder(const ticketing::Enterprise& enterprise
) const {
    Dice dice{seed_ ^ 0xCA7D, enterprise.id.value};
    if (!enterprise.five_above && !dice.one_in(one_ordinary_in)) return std::nullopt;
    const std::string& place = enterprise.zone.empty() ? enterprise.division : enterprise.zone;
    const auto at = by_division_.find(place);
    if (at == by_division_.end()) return std::nullopt;
    return at->second[dice.below(at->second.size())];
}

}  // namespace hotline::city
