#pragma once

#include <string_view>

namespace hotline::ticketing {

// A type or urgency of the API as people say it in Chinese ("complaint": 投诉); any other word,
// such as a topic, says itself.
std::string_view label_word(std::string_view name);

}  // namespace hotline::ticketing
