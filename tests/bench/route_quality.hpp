#pragma once

#include "tests/bench/route_city.hpp"
#include "ticketing/text_models.hpp"

#include <string>

namespace hotline::bench {

// Reads and routes each appeal of a replay file as intake does, and says how many came out as
// expected, with what was taken for what. 1 when a goal is missed.
int judge_quality(
    const std::string& file, const RouteCity& city, const ticketing::TextModels& models
);

}  // namespace hotline::bench
