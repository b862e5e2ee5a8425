#pragma once

#include "integrations/workbook/sheet.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::api {

// Tables one after the other with an empty line between them: RFC 4180 in UTF-8 with a byte order
// mark, texts guarded against being taken for formulas.
std::string csv_of(std::span<const workbook::Sheet> sheets);

// The same guard on every text, for files in which a text is a text by its type but stays one only
// until it is saved on as CSV.
std::vector<workbook::Sheet> guarded(std::vector<workbook::Sheet> sheets);

}  // namespace hotline::api
