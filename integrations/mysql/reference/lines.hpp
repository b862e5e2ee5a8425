#pragma once

#include "ticketing/errors.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::reference {

// One line with content of a reference file; comments (#) and blank lines are left out.
struct Line {
    std::string_view file;
    std::size_t number = 0;
    std::string_view text;
};

std::vector<Line> lines_of(std::string_view file, std::string_view text);
std::vector<std::string_view> parted(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);
std::unexpected<Error> faulty(const Line& line, std::string_view what);

}  // namespace hotline::reference
