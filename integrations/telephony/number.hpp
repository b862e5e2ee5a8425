#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::telephony {

// As much as the records have room for, in characters.
constexpr std::size_t longest_number = 20;

// A number as a platform presents it, in the form appeals and the register keep it: digits, no
// country code, no trunk 0 before a mobile number. What is no telephone number (an extension, a
// withheld caller) stays as it is, without blanks, its first
// longest_number characters.
std::string number_of(std::string_view presented);

}  // namespace hotline::telephony
