#pragma once

#include "integrations/mysql/param.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

class Rows;

// One row of an answer, by column index from 0 in SELECT order. A view: lives no longer than its
// Rows (or, in for_each, than the callback). NULL reads as "", 0 or the epoch; ask null() or use
// the optional forms where NULL means something.
class Row {
public:
    Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}

    bool null(std::size_t column) const;
    std::string_view text(std::size_t column) const;  // bytes as stored
    std::string string(std::size_t column) const { return std::string{text(column)}; }
    std::int64_t integer(std::size_t column) const;  // also of DECIMAL sums: whole part
    std::uint64_t unsigned_integer(std::size_t column) const;
    double real(std::size_t column) const;
    bool flag(std::size_t column) const { return integer(column) != 0; }
    Time time(std::size_t column) const;  // DATETIME(n), TIMESTAMP(n) or DATE, UTC; cut to ms

    std::optional<std::string> optional_string(std::size_t column) const;
    std::optional<std::int64_t> optional_integer(std::size_t column) const;
    std::optional<std::uint64_t> optional_unsigned(std::size_t column) const;
    std::optional<double> optional_real(std::size_t column) const;
    std::optional<Time> optional_time(std::size_t column) const;

private:
    const Rows* rows_;
    std::size_t index_;
};

// A whole answer, in one block of memory. Use Connection::for_each for what may be large.
class Rows {
public:
    class Iterator {
    public:
        Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
        Row operator*() const { return Row{*rows_, index_}; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const Rows* rows_;
        std::size_t index_;
    };

    explicit Rows(std::size_t columns = 0) : columns_(columns) {}

    std::size_t size() const { return columns_ == 0 ? 0 : ends_.size() / columns_; }
    bool empty() const { return ends_.empty(); }
    std::size_t columns() const { return columns_; }
    Row operator[](std::size_t row) const { return Row{*this, row}; }
    Row front() const { return Row{*this, 0}; }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

    // Filled cell by cell, row after row; by Connection and by tests of code that reads rows.
    void append(std::string_view bytes);
    void append_null();
    void clear();

private:
    friend class Row;
    struct End {
        std::size_t offset;  // where the cell ends; it begins where the one before ended
        bool null;
    };
    std::string_view cell(std::size_t row, std::size_t column) const;
    bool null(std::size_t row, std::size_t column) const;

    std::size_t columns_;
    std::string bytes_;
    std::vector<End> ends_;
};

}  // namespace hotline::mysql
