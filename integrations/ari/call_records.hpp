#pragma once

#include "integrations/telephony/call_detail.hpp"
#include "ticketing/errors.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::ari {

// One line of the PBX's own books (cdr_csv), its cells as asterisk/cdr.conf has them written.
struct RecordLine {
    std::size_t number = 0;  // in the file, from 1
    std::vector<std::string> cells;
};

// The calls of the hotline among them that ended from `from` on and before `until` (README.md,
// A30): legs, and what desks say to each other, are left out. validation_failed: a line is not as
// cdr.conf has it; the detail says which.
Result<std::vector<telephony::CallDetail>> details_of_records(
    std::span<const RecordLine> lines, ticketing::Instant from, ticketing::Instant until
);

}  // namespace hotline::ari
