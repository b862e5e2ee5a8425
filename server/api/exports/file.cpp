#include "server/api/exports/file.hpp"

#include "server/city/import/csv.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

using workbook::Cell;
using workbook::Sheet;

std::string csv_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return city::csv_cell(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
    return {};
}

std::string csv_of(const Sheet& sheet) {
    std::string out;
    for (const auto& [what, told] : sheet.about) out += city::csv_line({what, told});
    if (!out.empty()) out += "\r\n";
    out += city::csv_line(sheet.headings);
    for (const workbook::Row& row : sheet.rows) {
        for (const Cell& cell : row) {
            if (&cell != &row.front()) out += ',';
            out += csv_of(cell);
        }
        out += "\r\n";
    }
    return out;
}

}  // namespace

std::string csv_of(std::span<const Sheet> sheets) {
    std::string out{city::byte_order_mark};
    for (const Sheet& sheet : sheets) {
        if (&sheet != &sheets.front()) out += "\r\n";
        out += csv_of(sheet);
    }
    return out;
}

std::vector<Sheet> guarded(std::vector<Sheet> sheets) {
    for (Sheet& sheet : sheets) {
        for (auto& [what, told] : sheet.about) told = city::with_guard(told);
        for (std::string& heading : sheet.headings) heading = city::with_guard(heading);
        for (workbook::Row& row : sheet.rows) {
            for (Cell& cell : row) {
                if (auto* text = std::get_if<std::string>(&cell)) *text = city::with_guard(*text);
            }
        }
    }
    return sheets;
}

}  // namespace hotline::api
