#pragma once

#include "ticketing/organisation/rules.hpp"

namespace hotline::ticketing::organisation {

// A rule the stored directory breaks, and at which entry.
struct WholeFault {
    Kind kind{};
    std::uint64_t id = 0;
    Fault fault;
};

// Makes a directory as somebody may have left it in the database fit to decide with: what breaks a
// rule is left out or made harmless, and told. In the order of units, officials, cards. Leaves the
// directory indexed.
std::vector<WholeFault> make_sound(Directory& directory);

}  // namespace hotline::ticketing::organisation
