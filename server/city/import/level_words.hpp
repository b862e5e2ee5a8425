#pragma once

#include "ticketing/types/directory.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace hotline::city {

// The levels of units as lists call them.
inline constexpr std::array<std::pair<ticketing::UnitLevel, std::string_view>, 7> level_words{{
    {ticketing::UnitLevel::city, "市级"},
    {ticketing::UnitLevel::county, "县级"},
    {ticketing::UnitLevel::town, "镇街"},
    {ticketing::UnitLevel::zone, "开发区"},
    {ticketing::UnitLevel::utility, "公用企业"},
    {ticketing::UnitLevel::central, "垂直管理"},
    {ticketing::UnitLevel::centre, "热线中心"},
}};

// By its Chinese word or the name in the API.
inline std::optional<ticketing::UnitLevel> level_of(std::string_view word) {
    for (const auto& [level, zh] : level_words) {
        if (zh == word) return level;
    }
    return ticketing::from_name<ticketing::UnitLevel>(word);
}

inline std::string_view word_of(ticketing::UnitLevel level) {
    for (const auto& [known, zh] : level_words) {
        if (known == level) return zh;
    }
    return {};
}

}  // namespace hotline::city
