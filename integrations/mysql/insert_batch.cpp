#include "integrations/mysql/insert_batch.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace hotline::mysql {
namespace {

bool is_nothing(const Param& value) {
    switch (value.kind()) {
        case Param::Kind::null:
            return true;
        case Param::Kind::integer:
            return value.integer() == 0;
        case Param::Kind::unsigned_integer:
            return value.unsigned_integer() == 0;
        case Param::Kind::text:
            return value.text().empty();
        case Param::Kind::real:
        case Param::Kind::time:
            return false;
    }
    return false;
}

}  // namespace

std::vector<std::string> column_names(std::string_view columns) {
    std::vector<std::string> names;
    while (!columns.empty()) {
        const std::size_t comma = std::min(columns.find(','), columns.size());
        std::string_view name = columns.substr(0, comma);
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        names.emplace_back(name);
        columns.remove_prefix(std::min(comma + 1, columns.size()));
    }
    return names;
}

InsertBatch::InsertBatch(std::string_view table, std::string_view columns, std::string_view tail)
    : table_(table), tail_(tail), names_(column_names(columns)), columns_(names_.size()) {
    all_.resize(columns_);
    std::iota(all_.begin(), all_.end(), std::size_t{0});
}

void InsertBatch::leave_out(std::string_view columns) {
    assert(empty());
    const auto without = column_names(columns);
    for (const std::size_t column : all_) {
        const bool left_out = std::ranges::find(without, names_[column]) != without.end();
        (left_out ? omitted_ : lean_).push_back(column);
    }
    assert(omitted_.size() == without.size());
    full_ = false;
}

void InsertBatch::add(Params row) {
    assert(row.size() == columns_);
    for (const Param& value : row) {
        cells_.push_back({value, text_.size()});
        if (value.kind() == Param::Kind::text) text_.append(value.text());
    }
    full_ = full_ || !std::ranges::all_of(omitted_, [&](std::size_t column) {
                return is_nothing(row[column]);
            });
}

void InsertBatch::clear() {
    cells_.clear();
    text_.clear();
    full_ = omitted_.empty();
}

std::span<const std::size_t> InsertBatch::sent() const {
    return full_ ? all_ : lean_;
}

Param InsertBatch::cell(std::size_t row, std::size_t column) const {
    const Cell& cell = cells_[row * columns_ + column];
    if (cell.value.kind() != Param::Kind::text) return cell.value;
    // The stored view's pointer is stale by now; its length is what add() copied.
    return std::string_view{text_}.substr(cell.offset, cell.value.text().size());
}

std::string InsertBatch::statement(std::size_t rows) const {
    std::string sql = "INSERT INTO " + table_ + " (";
    std::string one = "(";
    for (const std::size_t column : sent()) {
        sql += names_[column];
        sql += ',';
        one += "?,";
    }
    sql.back() = ')';
    one.back() = ')';
    sql += " VALUES ";
    sql.reserve(sql.size() + rows * (one.size() + 1) + tail_.size());
    for (std::size_t row = 0; row < rows; ++row) {
        sql += one;
        sql += ',';
    }
    sql.pop_back();
    if (!tail_.empty()) sql.append(" ").append(tail_);
    return sql;
}

}  // namespace hotline::mysql
