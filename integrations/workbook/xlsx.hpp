#pragma once

#include "integrations/workbook/sheet.hpp"
#include "ticketing/errors.hpp"

#include <span>
#include <string>

namespace hotline::workbook {

// An Office Open XML workbook, one worksheet for each sheet: what is known about it, an empty line,
// the headings, the rows. Errors: internal.
Result<std::string> xlsx(std::span<const Sheet> sheets);

}  // namespace hotline::workbook
