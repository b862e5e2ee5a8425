#include "integrations/mysql/insert_batch.hpp"

#include <algorithm>
#include <cassert>

namespace hotline::mysql {

InsertBatch::InsertBatch(std::string_view table, std::string_view columns, std::string_view tail)
    : columns_(static_cast<std::size_t>(std::ranges::count(columns, ',')) + 1) {
    head_.append("INSERT INTO ").append(table).append(" (").append(columns).append(") VALUES ");
    if (!tail.empty()) tail_.append(" ").append(tail);
}

void InsertBatch::add(Params row) {
    assert(row.size() == columns_);
    for (const Param& value : row) {
        cells_.push_back({value, text_.size()});
        if (value.kind() == Param::Kind::text) text_.append(value.text());
    }
}

void InsertBatch::clear() {
    cells_.clear();
    text_.clear();
}

Param InsertBatch::cell(std::size_t row, std::size_t column) const {
    const Cell& cell = cells_[row * columns_ + column];
    if (cell.value.kind() != Param::Kind::text) return cell.value;
    // The stored view's pointer is stale by now; its length is what add() copied.
    return std::string_view{text_}.substr(cell.offset, cell.value.text().size());
}

std::string InsertBatch::statement(std::size_t rows) const {
    std::string one = "(?";
    for (std::size_t column = 1; column < columns_; ++column) one += ",?";
    one += ")";
    std::string sql;
    sql.reserve(head_.size() + rows * (one.size() + 1) + tail_.size());
    sql += head_;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row != 0) sql += ',';
        sql += one;
    }
    sql += tail_;
    return sql;
}

}  // namespace hotline::mysql
