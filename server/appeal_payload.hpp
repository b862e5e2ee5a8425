#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/appeal.hpp"

#include <string>
#include <string_view>

namespace hotline {

// A normalised appeal as JSON text, the form in which it lies in the stream. Written by servers of
// this version and read by those of the next one: fields may be added, never change their meaning.
std::string encode_appeal(const ticketing::Appeal& appeal);

// malformed_json or validation_failed with the first bad field.
Result<ticketing::Appeal> decode_appeal(std::string_view payload);

}  // namespace hotline
