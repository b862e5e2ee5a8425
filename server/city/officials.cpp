#include "server/city/officials.hpp"

#include "server/city/names.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace hotline::city {
namespace {

using ticketing::Official;
using ticketing::OfficialId;
using ticketing::Unit;
using ticketing::UnitLevel;

// Departments firms turn to most.
constexpr std::array<std::string_view, 14> busy{
    "industry",
    "housing",
    "approval",
    "market",
    "human_resources",
    "ecology",
    "commerce",
    "natural_resources",
    "tax",
    "development_reform",
    "finance",
    "agriculture",
    "investment",
    "state_grid",
};

// Shares of the people left after everybody has one.
int weight_of(const Unit& unit) {
    const bool is_busy = std::ranges::find(busy, unit.function) != busy.end();
    switch (unit.level) {
        case UnitLevel::centre:
            return 0;
        case UnitLevel::city:
            return is_busy ? 14 : 4;
        case UnitLevel::central:
            return is_busy ? 6 : 1;
        case UnitLevel::zone:
            return 10;
        case UnitLevel::county:
            return is_busy ? 3 : 1;
        case UnitLevel::town:
            return 2;
        case UnitLevel::utility:
            return unit.division == "610500" ? 4 : 1;
    }
    return 0;
}

// How many each unit gets: one each, the rest by weight with the largest remainders.
std::vector<std::size_t> head_counts(const std::vector<Unit>& units) {
    std::vector<std::size_t> counts(units.size());
    int total = 0;
    std::size_t spare = official_count;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const int weight = weight_of(units[i]);
        total += weight;
        counts[i] = weight > 0 ? 1 : 0;
        spare -= counts[i];
    }
    std::vector<std::pair<std::size_t, std::size_t>> remainders;  // remainder, unit
    std::size_t given = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::size_t shares = static_cast<std::size_t>(weight_of(units[i])) * spare;
        counts[i] += shares / static_cast<std::size_t>(total);
        given += shares / static_cast<std::size_t>(total);
        remainders.emplace_back(shares % static_cast<std::size_t>(total), i);
    }
    std::ranges::sort(remainders, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; given < spare; ++i, ++given) ++counts[remainders[i].second];
    return counts;
}

}  // namespace

std::string staff_number(OfficialId official) {
    const std::string digits = std::to_string(official.value);
    return "WN-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

std::vector<Official> make_officials(const reference::Reference& reference, std::uint64_t seed) {
    const auto counts = head_counts(reference.units);
    std::vector<Official> officials;
    officials.reserve(official_count);
    for (std::size_t i = 0; i < reference.units.size(); ++i) {
        const std::size_t first = officials.size();
        for (std::size_t n = 0; n < counts[i]; ++n) {
            Official official;
            official.id = OfficialId{officials.size() + 1};
            Dice dice{seed ^ 0x0FF1C1A1, official.id.value};
            official.name = person_name(dice);
            official.unit = reference.units[i].id;
            // Local numbers never begin with 1: these ring nowhere.
            official.phone = "09131" + std::to_string(1'000'000 + official.id.value);
            official.on_leave = counts[i] > 2 && dice.one_in(40);
            officials.push_back(std::move(official));
        }
        for (std::size_t n = 0; counts[i] > 1 && n < counts[i]; ++n) {
            officials[first + n].deputy = officials[first + (n + 1) % counts[i]].id;
        }
    }
    return officials;
}

}  // namespace hotline::city
