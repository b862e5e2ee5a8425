#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing {

// I1–I8: what an appeal must be to be taken in.
struct NormalisedAppeal {
    Appeal appeal;                     // tidied, complete as far as the rules go
    std::vector<FieldError> warnings;  // taken in all the same (a check digit that does not fit)
};

// Tidies and checks; all faults at once, as validation_failed with one entry per field.
Result<NormalisedAppeal> normalise(Appeal appeal, const Directory& directory);

// I2: the title of an appeal without one, of at most 40 characters.
std::string title_from(std::string_view content);

// I3: digits as dialled from Weinan: 11-digit mobile, area code + 7–8 digits, 400/800 numbers;
// "+86", spaces and hyphens are dropped. Empty result: not a telephone number.
std::string normalised_phone(std::string_view text);

// I8: the text whose hash tells the same request from another with the same idempotency key: every
// field as received after tidying, in a fixed order, each with its length.
std::string canonical_text(const Appeal& appeal);

}  // namespace hotline::ticketing
