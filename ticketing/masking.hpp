#pragma once

#include <string>
#include <string_view>

namespace hotline::ticketing {

// P1: a mobile number keeps its first three and last four digits; any other number keeps at most
// its last three.
std::string masked_phone(std::string_view phone);

// P2: a name keeps its surname; the common two-character surnames are known.
std::string masked_name(std::string_view name);

// P3: a 统一社会信用代码 keeps its first four and last four characters.
std::string masked_uscc(std::string_view uscc);

// P4: in free text every run that looks like a mobile number, an 18-character resident identity
// number or a bank card is masked.
std::string masked_text(std::string_view text);

}  // namespace hotline::ticketing
