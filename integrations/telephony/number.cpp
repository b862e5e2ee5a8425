#include "integrations/telephony/number.hpp"

#include "ticketing/intake.hpp"
#include "ticketing/text.hpp"

namespace hotline::telephony {

std::string number_of(std::string_view presented) {
    std::string number = ticketing::normalised_phone(presented);
    if (number.empty()) {
        for (const char c : presented) {
            if (c != ' ') number += c;
        }
        return std::string(ticketing::first_characters(number, longest_number));
    }
    // Lines outside the mobile's home area present it with the trunk 0 it is dialled with.
    const bool trunk = number.size() == 12 && number.starts_with("01") && number[2] >= '3';
    if (trunk) number.erase(0, 1);
    return number;
}

}  // namespace hotline::telephony
