#pragma once

#include "sla/local_time.hpp"

#include <string>

namespace hotline::sla {

// "2026-09-30" (ISO 8601 calendar date), years 0 to 9999.
std::string date_text(LocalDay day);

}  // namespace hotline::sla
