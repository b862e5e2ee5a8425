#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/router/matter.hpp"
#include "ticketing/router/misroutes.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstddef>
#include <vector>

namespace hotline::bench {

// The demonstration city in memory, with work on its desks and something learned of every unit.
struct RouteCity {
    ticketing::Directory directory;
    ticketing::CueReader reader;
    std::vector<ticketing::Enterprise> enterprises;
    ticketing::Loads loads;
    ticketing::Misroutes misroutes;
};

// `copies` of each official, in the same units: a larger administration.
RouteCity make_city(std::size_t copies, std::size_t enterprises);

}  // namespace hotline::bench
