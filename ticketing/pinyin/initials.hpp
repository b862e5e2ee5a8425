#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Names found by the first letters of their pinyin: "wnqt" for 渭南秦唐 (rules Y, README.md).
namespace hotline::ticketing {

inline constexpr std::size_t longest_initials = 24;  // Y3

// What a person may type for a name, one text for each combination of readings (Y1 to Y3); the
// usual reading of every character first. Empty for a name without a letter.
std::vector<std::string> name_initials(std::string_view name);

// Y4: what was typed as initials, in lower case; empty when it cannot be meant so.
std::string typed_initials(std::string_view typed);

// Y5: from which letter of the name on it is written as these initials; nothing when it is not.
// Looks at every combination of readings and makes no list of them.
std::optional<std::size_t> initials_at(std::string_view name, std::string_view initials);

}  // namespace hotline::ticketing
