#include "integrations/mysql/connector_session.hpp"
#include "sla/date_text.hpp"

#include <cppconn/datatype.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace hotline::mysql {

namespace {

// Past ~64 rows a statement gains next to nothing and costs both sides memory for as long as it is
// prepared.
constexpr std::size_t max_rows_per_insert = 64;

std::string datetime(Time time) {
    return sla::instant_text(time, ' ');
}

void bind(sql::PreparedStatement& statement, unsigned index, const Param& value) {
    switch (value.kind()) {
        case Param::Kind::null:
            statement.setNull(index, sql::DataType::VARCHAR);
            break;
        case Param::Kind::integer:
            statement.setInt64(index, value.integer());
            break;
        case Param::Kind::unsigned_integer:
            statement.setUInt64(index, value.unsigned_integer());
            break;
        case Param::Kind::real:
            statement.setDouble(index, value.real());
            break;
        case Param::Kind::text:
            statement.setString(index, sql::SQLString{value.text().data(), value.text().size()});
            break;
        case Param::Kind::time:
            statement.setString(index, datetime(value.time()));
            break;
    }
}

void bind_all(sql::PreparedStatement& statement, Params params) {
    unsigned index = 0;
    for (const Param& value : params) bind(statement, ++index, value);
}

bool well_formed_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const int ones = std::countl_one(lead);
        if (ones == 1 || ones > 4) return false;
        const std::size_t length = ones == 0 ? 1 : static_cast<std::size_t>(ones);
        if (at + length > text.size()) return false;
        for (std::size_t next = at + 1; next < at + length; ++next)
            if ((static_cast<unsigned char>(text[next]) & 0xC0U) != 0x80U) return false;
        at += length;
    }
    return true;
}

// The value as SQL text, for the streaming read, which the prepared protocol of this connector
// cannot do. Escaped by the client library, which knows the session's character set and mode.
std::string literal(sql::mysql::MySQL_Connection& link, const Param& value) {
    switch (value.kind()) {
        case Param::Kind::null:
            return "NULL";
        case Param::Kind::integer:
            return std::to_string(value.integer());
        case Param::Kind::unsigned_integer:
            return std::to_string(value.unsigned_integer());
        case Param::Kind::real:
            if (!std::isfinite(value.real())) throw std::invalid_argument("not a finite number");
            return fmt::format("{:e}", value.real());
        case Param::Kind::time:
            return '\'' + datetime(value.time()) + '\'';
        case Param::Kind::text:
            break;
    }
    const sql::SQLString raw{value.text().data(), value.text().size()};
    const sql::SQLString escaped = link.escapeString(raw);
    const std::string opening = well_formed_utf8(value.text()) ? "'" : "_binary'";
    return opening + static_cast<const std::string&>(escaped) + '\'';
}

std::string rendered(sql::mysql::MySQL_Connection& link, std::string_view text, Params params) {
    std::string sql;
    std::size_t used = 0;
    char quote = 0;  // a question mark inside quotes is text
    for (const char c : text) {
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '?') {
            if (used == params.size()) throw std::invalid_argument("fewer values than marks");
            sql += literal(link, params[used++]);
            continue;
        }
        sql += c;
    }
    if (used != params.size()) throw std::invalid_argument("more values than marks");
    return sql;
}

// The connector prints a binary DOUBLE with 15 digits; two more are needed to get the same one
// back.
void append_real(Rows& rows, double value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    rows.append({digits, static_cast<std::size_t>(end.ptr - digits)});
}

std::vector<bool> real_columns(const sql::ResultSet& result) {
    sql::ResultSetMetaData& meta = *result.getMetaData();
    std::vector<bool> real(meta.getColumnCount());
    for (unsigned column = 0; column < real.size(); ++column) {
        const int type = meta.getColumnType(column + 1);
        real[column] = type == sql::DataType::DOUBLE || type == sql::DataType::REAL;
    }
    return real;
}

void append_row(Rows& rows, const sql::ResultSet& result, const std::vector<bool>& real) {
    for (unsigned column = 0; column < real.size(); ++column) {
        if (result.isNull(column + 1)) {
            rows.append_null();
        } else if (real[column]) {
            append_real(rows, static_cast<double>(result.getDouble(column + 1)));
        } else {
            const sql::SQLString bytes = result.getString(column + 1);
            rows.append(static_cast<const std::string&>(bytes));
        }
    }
}

Rows read_all(sql::ResultSet& result) {
    const std::vector<bool> real = real_columns(result);
    Rows rows{real.size()};
    while (result.next()) append_row(rows, result, real);
    return rows;
}

// An answer nobody reads would leave the session unusable (2014, commands out of sync).
std::uint64_t run_plain(sql::Statement& statement, const sql::SQLString& text) {
    if (!statement.execute(text)) return statement.getUpdateCount();
    std::uint64_t rows = 0;
    do {
        const std::unique_ptr<sql::ResultSet> result{statement.getResultSet()};
        while (result && result->next()) ++rows;
    } while (statement.getMoreResults());
    return rows;
}

bool answers_with_rows(std::string_view sql) {
    const std::size_t start = sql.find_first_not_of(" \t\n(");
    if (start == std::string_view::npos) return false;
    const std::string_view word = sql.substr(start, 4);
    return word == "SELE" || word == "SHOW" || word == "WITH";
}

// This connector gives the count only through executeUpdate, which leaves an answer's rows lying.
std::uint64_t run_prepared(sql::PreparedStatement& statement, std::string_view sql) {
    if (!answers_with_rows(sql)) return static_cast<std::uint64_t>(statement.executeUpdate());
    const std::unique_ptr<sql::ResultSet> result{statement.executeQuery()};
    return result->rowsCount();
}

std::size_t rows_in_next_insert(std::size_t left, std::size_t columns) {
    const std::size_t bound =
        std::min(max_rows_per_insert, StatementCache::placeholder_limit / columns);
    // Powers of two keep the number of different statements small enough to stay prepared.
    return std::bit_floor(std::min(left, std::max<std::size_t>(bound, 1)));
}

}  // namespace

sql::PreparedStatement& StatementCache::get(sql::Connection& link, std::string_view text) {
    if (const auto found = by_text_.find(text); found != by_text_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second);
        return *by_use_.front().statement;
    }
    const auto placeholders = static_cast<std::size_t>(std::ranges::count(text, '?'));
    make_room(placeholders);
    const sql::SQLString sql{text.data(), text.size()};
    std::unique_ptr<sql::PreparedStatement> statement{link.prepareStatement(sql)};
    by_use_.push_front({std::string{text}, std::move(statement), placeholders});
    by_text_.emplace(by_use_.front().text, by_use_.begin());
    placeholders_ += placeholders;
    return *by_use_.front().statement;
}

void StatementCache::make_room(std::size_t placeholders) {
    while (!by_use_.empty() &&
           (by_use_.size() >= limit || placeholders_ + placeholders > placeholder_limit)) {
        forget(by_use_.back().text);
    }
}

void StatementCache::forget(std::string_view text) {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) return;
    const auto entry = found->second;
    placeholders_ -= entry->placeholders;
    by_text_.erase(found);
    by_use_.erase(entry);
}

void StatementCache::clear() {
    by_text_.clear();
    by_use_.clear();
    placeholders_ = 0;
}

Result<std::uint64_t> Connection::execute(std::string_view sql, Params params) {
    auto done = impl_->guarded([&] {
        if (params.empty()) {
            const sql::SQLString text{sql.data(), sql.size()};
            return run_plain(*impl_->plain, text);
        }
        sql::PreparedStatement& statement = impl_->prepared.get(*impl_->link, sql);
        bind_all(statement, params);
        return run_prepared(statement, sql);
    });
    if (done) impl_->affected = *done;
    if (!done && impl_->doomed_by != 0) impl_->prepared.forget(sql);
    return done;
}

Result<Rows> Connection::query(std::string_view sql, Params params) {
    auto rows = impl_->guarded([&] {
        std::unique_ptr<sql::ResultSet> result;
        if (params.empty()) {
            const sql::SQLString text{sql.data(), sql.size()};
            result.reset(impl_->plain->executeQuery(text));
        } else {
            sql::PreparedStatement& statement = impl_->prepared.get(*impl_->link, sql);
            bind_all(statement, params);
            result.reset(statement.executeQuery());
        }
        return read_all(*result);
    });
    if (!rows && impl_->doomed_by != 0) impl_->prepared.forget(sql);
    return rows;
}

Result<void> Connection::for_each(
    std::string_view sql, Params params, const RowCallback& callback
) {
    return impl_->guarded([&] {
        const std::unique_ptr<sql::Statement> statement{impl_->link->createStatement()};
        statement->setResultSetType(sql::ResultSet::TYPE_FORWARD_ONLY);
        const std::string text = rendered(*impl_->link, sql, params);
        const std::unique_ptr<sql::ResultSet> result{statement->executeQuery(text)};
        const std::vector<bool> real = real_columns(*result);
        Rows row{real.size()};
        bool wanted = true;
        while (result->next()) {
            if (!wanted) continue;
            row.clear();
            append_row(row, *result, real);
            wanted = callback(row.front());
        }
    });
}

Result<std::uint64_t> Connection::insert(const InsertBatch& batch) {
    std::string text;
    const auto inserted = impl_->guarded([&] {
        std::uint64_t count = 0;
        for (std::size_t row = 0; row < batch.size();) {
            const auto columns = batch.sent();
            const std::size_t rows = rows_in_next_insert(batch.size() - row, columns.size());
            text = batch.statement(rows);
            sql::PreparedStatement& statement = impl_->prepared.get(*impl_->link, text);
            unsigned index = 0;
            for (const std::size_t end = row + rows; row < end; ++row)
                for (const std::size_t column : columns)
                    bind(statement, ++index, batch.cell(row, column));
            count += run_prepared(statement, text);
        }
        return count;
    });
    if (inserted) impl_->affected = *inserted;
    if (!inserted && impl_->doomed_by != 0) impl_->prepared.forget(text);
    return inserted;
}

std::uint64_t Connection::last_id() {
    const Result<Rows> answer = query("SELECT LAST_INSERT_ID()");
    return answer && !answer->empty() ? answer->front().unsigned_integer(0) : 0;
}

}  // namespace hotline::mysql
