#pragma once

#include "ticketing/types/ids.hpp"

#include <string>

namespace hotline::ticketing {

// 经营主体. One row of the register.
struct Enterprise {
    EnterpriseId id;
    std::string uscc;  // may be empty: some sole traders have none
    std::string name;
    std::string division;  // county of registration
    std::string zone;      // development zone, may be empty
    std::string town;
    std::string address;
    std::string phone;     // contact number, digits
    std::string industry;  // GB/T 4754 section letter
    int size = 1;          // 1 micro … 4 large
    bool five_above = false;
    bool demonstration = false;
    bool active = true;  // false: struck off the register
};

}  // namespace hotline::ticketing
