#pragma once

#include "server/api/notices.hpp"

#include <string>

namespace hotline::api {

// The answer of getPushKey, schemas NoticeRules, NoticeCourse, ChangedWay and NoticePreferences, as
// JSON text.
std::string push_key_json(const NoticeSetting& setting);
std::string notice_rules_json(
    ticketing::notices::Channels configured,
    std::uint32_t version,
    const ticketing::notices::Rules& rules
);
std::string foreseen_json(const ticketing::notices::ForeseenCourse& foreseen);
// The kinds of notice that would go other ways.
std::string changed_ways_json(
    const ticketing::notices::Rules& before,
    const ticketing::notices::Rules& after,
    ticketing::notices::Channels configured
);
std::string channel_names_json(ticketing::notices::Channels channels);
std::string preferences_json(const ticketing::notices::Preferences& preferences);

// "22:00", and back; nothing when it is no time of day.
std::string clock_text(std::chrono::minutes time);
std::optional<std::chrono::minutes> time_of_day_from(std::string_view text);
Result<ticketing::notices::Preferences> read_preferences_body(const http::Request& request);

}  // namespace hotline::api
