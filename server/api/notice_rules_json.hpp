#pragma once

#include "server/api/notices.hpp"

#include <string>

namespace hotline::api {

// Schemas NoticeRules and NoticePreferences and the answer of getPushKey, as JSON text.
std::string push_key_json(const NoticeSetting& setting);
std::string notice_rules_json(const NoticeSetting& setting);
std::string preferences_json(const ticketing::notices::Preferences& preferences);

// "22:00"; nothing when it is no time of day.
std::optional<std::chrono::minutes> time_of_day_from(std::string_view text);
Result<ticketing::notices::Preferences> read_preferences_body(const http::Request& request);

}  // namespace hotline::api
