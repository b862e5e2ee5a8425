#pragma once

#include "sla/rollup.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hotline::ticketing {

// The facts of a ticket in one short line, for the table that remembers what each ticket last added
// to the roll-ups. Instants are Unix milliseconds. facts_from() and to_text() are inverse.
std::string to_text(const sla::TicketFacts& facts);

// Nothing for a text that is not one of ours, of this or an earlier version.
std::optional<sla::TicketFacts> facts_from(std::string_view text);

}  // namespace hotline::ticketing
