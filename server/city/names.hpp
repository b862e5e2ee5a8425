#pragma once

#include "server/city/dice.hpp"

#include <string>
#include <string_view>

namespace hotline::city {

// A name as people of the region bear it; of nobody in particular.
std::string person_name(Dice& dice);

// "富平县锦泽农机有限公司": place, two made-up characters, trade and legal form. `kind` as in
// make_uscc: "91" company, "92" sole trader, "93" cooperative.
std::string enterprise_name(
    Dice& dice, std::string_view place, std::string_view kind, std::string_view industry
);

}  // namespace hotline::city
