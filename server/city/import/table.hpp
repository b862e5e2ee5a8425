#pragma once

#include "server/city/import/csv.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::city {

// A column by its English and Chinese heading.
struct Column {
    std::string_view name;
    std::string_view zh;
    bool required = false;  // the heading must be there; cells may still be empty
};

// What is wrong with a line of the file, for the one who mends it.
struct LineProblem {
    std::size_t line = 0;
    std::string reason;

    bool operator==(const LineProblem&) const = default;
};

// A file with a heading, its cells reached by column.
class Table {
public:
    // Problems with the heading are reported at its line; the table is then empty.
    Table(std::vector<CsvRecord> records, std::span<const Column> columns);

    std::size_t rows() const { return records_.size(); }
    std::size_t line(std::size_t row) const { return records_[row].line; }
    bool has(std::string_view column) const;
    // Trimmed, without the apostrophe export puts before what a spreadsheet takes for a formula
    // (csv.hpp); "" when the file has no such column or the row is short.
    std::string_view cell(std::size_t row, std::string_view column) const;

    std::vector<LineProblem> problems;

private:
    void read_heading(const CsvRecord& heading, std::span<const Column> columns);

    std::vector<CsvRecord> records_;
    std::vector<std::pair<std::string_view, std::size_t>> positions_;
};

// 1, 是, 有, yes, true / 0, 否, 无, no, false or empty; nothing for anything else.
std::optional<bool> yes_or_no(std::string_view cell);

}  // namespace hotline::city
