#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hotline::workbook {

// Nothing, a text, or a number.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;
using Row = std::vector<Cell>;

// One table with what must be known to read it. Nothing in it is a formula, whatever it looks like.
struct Sheet {
    std::string name;                                        // 1 to 31 characters
    std::vector<std::pair<std::string, std::string>> about;  // stands above the table
    std::vector<std::string> headings;
    std::vector<Row> rows;
};

}  // namespace hotline::workbook
