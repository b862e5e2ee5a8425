#pragma once

#include "ticketing/errors.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::city {

// One record of a CSV file with the line it begins at (from 1).
struct CsvRecord {
    std::size_t line = 0;
    std::vector<std::string> cells;
};

// RFC 4180, with what spreadsheets make of it: CR LF or LF, a byte order mark, a missing last line
// end. Cells are text and stay text, whatever they look like ("=1+1", "007"). Blank lines are left
// out. Fails with invalid_format and "line N: …" on a quote that is not closed or not where it may
// be.
Result<std::vector<CsvRecord>> parse_csv(std::string_view text);

// An apostrophe before a text that a spreadsheet would take for a formula (=, +, -, @).
// without_guard() takes it off again.
std::string with_guard(std::string_view cell);
std::string_view without_guard(std::string_view cell);

// A text as a cell, guarded, with quotes where they are needed; and one record of such cells as a
// line: CR LF.
std::string csv_cell(std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);

// What tells a spreadsheet that a file is UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// UTF-8 as it is; anything else is taken for GB18030 (GB 18030-2022, of which GBK is a part). Fails
// with invalid_utf8 when it is neither.
Result<std::string> to_utf8(std::string_view bytes);

}  // namespace hotline::city
