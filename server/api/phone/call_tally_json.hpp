#pragma once

#include "sla/waiting.hpp"
#include "ticketing/json_text.hpp"

#include <string>

namespace hotline::api {

// A share from 0 to 1 as a percentage with one decimal.
std::string percent_text(double share);

// Schema PhoneTally: both levels side by side, of 15 and of 20 seconds, since they are asked for by
// different rules.
ticketing::JsonObject call_tally_json(const sla::CallTally& tally);

}  // namespace hotline::api
