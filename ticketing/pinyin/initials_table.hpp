#pragma once

#include <string_view>

// Private to initials.cpp.
namespace hotline::ticketing {

// One letter for each of U+4E00 to U+9FFF: the initial of its usual reading, '.' where none is
// known.
extern const std::string_view first_initials;

// Pairs of a character and a further letter it begins with in another reading; in the order of the
// characters.
extern const std::u32string_view other_initials;

}  // namespace hotline::ticketing
