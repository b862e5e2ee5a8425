#pragma once

#include "ticketing/errors.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::cli {

// One line of a replay file: what somebody says, and what a dispatcher would make of it.
struct ReplayAppeal {
    std::string title;
    std::string text;
    // Expected; empty fields are not judged. Words as people use them: 投诉, 用电, 蒲城县, urgent.
    std::string category;
    std::string topic;
    std::string department;
    std::string district;
    std::string urgency;
};

// JSON Lines. Fails with invalid_format and "line N: …".
Result<std::vector<ReplayAppeal>> parse_replay(std::string_view text);

// The named unit or its counterpart at another level: "市住房和城乡建设局" and
// "蒲城县住房和城乡建设局". `places` are the names of counties and zones, long and short.
bool same_function(
    std::string_view expected, std::string_view got, const std::vector<std::string>& places
);

}  // namespace hotline::cli
