#include "server/city/import/table.hpp"

#include <algorithm>
#include <array>

namespace hotline::city {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

Table::Table(std::vector<CsvRecord> records, std::span<const Column> columns) {
    if (records.empty()) {
        problems.push_back({1, "文件是空的，第一行应为列名"});
        return;
    }
    read_heading(records.front(), columns);
    if (!problems.empty()) return;
    const std::size_t width = records.front().cells.size();
    records.erase(records.begin());
    for (const auto& record : records) {
        if (record.cells.size() != width) {
            problems.push_back(
                {record.line,
                 "有" + std::to_string(record.cells.size()) + "列，列名有" + std::to_string(width) +
                     "列"}
            );
        }
    }
    records_ = std::move(records);
}

void Table::read_heading(const CsvRecord& heading, std::span<const Column> columns) {
    for (std::size_t i = 0; i < heading.cells.size(); ++i) {
        const auto title = trimmed(heading.cells[i]);
        const auto column = std::ranges::find_if(columns, [title](const Column& known) {
            return title == known.name || title == known.zh;
        });
        if (column == columns.end()) {
            problems.push_back({heading.line, "不认识的列名“" + std::string{title} + "”"});
        } else {
            positions_.emplace_back(column->name, i);
        }
    }
    for (const Column& column : columns) {
        const bool there = std::ranges::any_of(positions_, [&](const auto& position) {
            return position.first == column.name;
        });
        if (column.required && !there) {
            problems.push_back({heading.line, "缺少列“" + std::string{column.zh} + "”"});
        }
    }
}

std::string_view Table::cell(std::size_t row, std::string_view column) const {
    const auto& cells = records_[row].cells;
    for (const auto& [name, at] : positions_) {
        if (name != column) continue;
        return at < cells.size() ? without_guard(trimmed(cells[at])) : std::string_view{};
    }
    return {};
}

bool Table::has(std::string_view column) const {
    return std::ranges::find(
               positions_, column, &std::pair<std::string_view, std::size_t>::first
           ) != positions_.end();
}

std::optional<bool> yes_or_no(std::string_view cell) {
    constexpr std::array<std::string_view, 5> yes{"1", "是", "有", "yes", "true"};
    constexpr std::array<std::string_view, 6> no{"0", "否", "无", "no", "false", ""};
    if (std::ranges::find(yes, cell) != yes.end()) return true;
    if (std::ranges::find(no, cell) != no.end()) return false;
    return std::nullopt;
}

}  // namespace hotline::city
