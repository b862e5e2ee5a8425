#pragma once

#include "integrations/open311/refusal.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <expected>
#include <map>
#include <string>
#include <string_view>

namespace hotline::open311 {

// Names and decoded values, of a query or a form body.
using Parameters = std::map<std::string, std::string>;
std::string_view value_of(const Parameters& parameters, const std::string& name);

// E5: POST requests → an appeal, not checked yet (ticketing::normalise does that). Without its
// idempotency key. All faults at once.
std::expected<ticketing::Appeal, Refusal> appeal_from(
    const Parameters& form, const ticketing::Directory& directory, bool english
);

// Everything that tells one request from another, in a fixed order; of two posts with the same text
// the second is the first again (E6). The key, the format and the device's own numbers left out.
std::string canonical_form(const Parameters& form);

}  // namespace hotline::open311
