#pragma once

#include <string>
#include <utility>

namespace hotline::calendar {

// What a person is told, in both languages.
struct Words {
    std::string zh;
    std::string en;

    Words(std::string chinese, std::string english)
        : zh(std::move(chinese)), en(std::move(english)) {}
    // A name that is the same in both: a path in a file, a date.
    Words(std::string name) : zh(name), en(std::move(name)) {}
    Words(const char* name) : Words(std::string{name}) {}

    const std::string& in(bool english) const { return english ? en : zh; }
    bool operator==(const Words&) const = default;
};

}  // namespace hotline::calendar
