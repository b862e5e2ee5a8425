#pragma once

#include "ticketing/types/ids.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>
#include <string_view>
#include <vector>

// Short lists inside one column: numbers with ':' inside an element and ',' between elements.
// Reading skips what is not a number; these columns are written by this file only.
namespace hotline::mysql {

std::string pack_units(const std::vector<ticketing::UnitId>& units);
std::vector<ticketing::UnitId> unpack_units(std::string_view text);

std::string pack_attempts(const std::vector<ticketing::CallbackAttempt>& attempts);
std::vector<ticketing::CallbackAttempt> unpack_attempts(std::string_view text);

}  // namespace hotline::mysql
