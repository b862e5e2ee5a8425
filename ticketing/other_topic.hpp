#pragma once

#include <string_view>

namespace hotline::ticketing {

// The topic of whatever has none of its own.
inline constexpr std::string_view other_topic = "其他";

}  // namespace hotline::ticketing
