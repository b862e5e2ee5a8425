#pragma once

#include "integrations/mysql/param.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// The names in a comma separated list of columns.
std::vector<std::string> column_names(std::string_view columns);

// Many rows for one table, sent by Connection::insert in few prepared multi-row statements. Copies
// what is added, so its sources may die; clear() keeps the memory for the next batch.
//     InsertBatch events{"ticket_event", "ticket_id, seq, kind, at"};
//     for (...) events.add({id, seq, kind, at});
//     auto inserted = db.insert(events);
class InsertBatch {
public:
    // `table` and `columns` (comma separated) are SQL text of ours, never user input.
    // `tail` is what follows the values, as "ON DUPLICATE KEY UPDATE …".
    InsertBatch(std::string_view table, std::string_view columns, std::string_view tail = {});

    // Names columns whose default in the table is NULL, 0 or ''. They are left out of the
    // statement, all of them together, as long as no row has anything else there: fewer values to
    // send and to read, and still only two different statements.
    void leave_out(std::string_view columns);

    void reserve(std::size_t rows) { cells_.reserve(rows * columns_); }
    void add(Params row);  // as many values as columns
    void clear();
    std::size_t size() const { return cells_.size() / columns_; }
    bool empty() const { return cells_.empty(); }

    // For Connection: the columns that are sent, one cell of a row, and "INSERT INTO t (…) VALUES
    // (?,…),(?,…)" of `rows` rows.
    std::span<const std::size_t> sent() const;
    Param cell(std::size_t row, std::size_t column) const;
    std::string statement(std::size_t rows) const;

private:
    struct Cell {
        Param value;         // text values: see `text`
        std::size_t offset;  // of a text value in text_, which may move while rows are added
    };

    std::string table_;
    std::string tail_;
    std::vector<std::string> names_;
    std::size_t columns_;
    std::vector<std::size_t> all_;
    std::vector<std::size_t> lean_;     // without those leave_out() named
    std::vector<std::size_t> omitted_;  // those
    bool full_ = true;                  // an omitted column has something
    std::vector<Cell> cells_;
    std::string text_;
};

}  // namespace hotline::mysql
