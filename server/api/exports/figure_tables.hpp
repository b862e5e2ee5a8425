#pragma once

#include "integrations/workbook/sheet.hpp"
#include "server/api/exports/tables.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace hotline::api {

// A figure of the board (server/api/figures) laid out, its main table first.
std::vector<workbook::Sheet> figure_sheets(
    ExportTable table, const boost::json::object& figure, bool english
);

}  // namespace hotline::api
