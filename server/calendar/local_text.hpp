#pragma once

#include "sla/local_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::calendar {

using LocalSeconds = std::chrono::local_seconds;

// "2026-09-30", years 0001–9999; nothing for any other text or a date that does not exist.
std::optional<sla::LocalDay> date_of(std::string_view text);
// "2026-09-30T15:20:00", the seconds may be missing. Without zone: always local time.
std::optional<LocalSeconds> local_time_of(std::string_view text);
// "09:00"; "24:00" is the end of the day.
std::optional<std::chrono::minutes> time_of_day_of(std::string_view text);

std::string text_of(LocalSeconds time);
std::string text_of(std::chrono::minutes time_of_day);
// China's local time of an instant, to the minute: "2026-09-30 15:20".
std::string moment_text(sla::Instant instant);

}  // namespace hotline::calendar
