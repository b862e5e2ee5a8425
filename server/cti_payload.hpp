#pragma once

#include "integrations/telephony/cti_event.hpp"
#include "ticketing/errors.hpp"

#include <string>
#include <string_view>

namespace hotline {

// A call event as the text kept in the database, and back. What a newer version added is passed
// over; what is no such text is `internal`.
std::string encode_cti(const telephony::CtiEvent& event);
Result<telephony::CtiEvent> decode_cti(std::string_view text);

}  // namespace hotline
