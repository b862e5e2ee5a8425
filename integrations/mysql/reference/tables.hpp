#pragma once

#include "integrations/mysql/reference/reference.hpp"

namespace hotline::reference {

Result<std::vector<Place>> parse_divisions(std::string_view text);
// Crosses the departments with the counties, adds the zones' bodies, the towns' governments and the
// hotline centre.
Result<std::vector<ticketing::Unit>> parse_units(
    std::string_view text, const std::vector<Place>& places
);
Result<std::vector<ticketing::Duty>> parse_duties(std::string_view text);
Result<std::vector<CalendarDay>> parse_holidays(std::string_view text);

}  // namespace hotline::reference
