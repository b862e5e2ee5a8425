#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::api {

// A text in both languages of the house.
struct Words {
    std::string_view zh;
    std::string_view en;

    std::string in(bool english) const { return std::string(english ? en : zh); }
};

// A word of the interface ("return_pending", "complaint") for people; unknown ones as they are.
std::string for_people(std::string_view word, bool english);

// 1: Monday, to 7.
Words weekday_name(std::size_t weekday);

}  // namespace hotline::api
