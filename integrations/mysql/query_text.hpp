#pragma once

#include "integrations/mysql/connection.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A statement put together from parts, with the values of its question marks in order. Text is ours
// alone; what people give is always a value.
class QueryText {
public:
    QueryText& add(std::string_view text);
    QueryText& add(std::string_view text, Params values);
    // A value made here: kept as long as any text it became part of.
    QueryText& add_owned(std::string_view text, std::string value);
    QueryText& add(const QueryText& part);

    // " AND " before every part but the first.
    QueryText& also(const QueryText& part);
    QueryText& also(std::string_view text, Params values = {});

    // "column IN (?,?…)" padded with the last value to a power of two, so that few different
    // statements have to be prepared; no value at all is in none.
    static QueryText in(std::string_view column, std::vector<Param> values);

    bool empty() const { return text_.empty(); }
    const std::string& text() const { return text_; }
    const std::vector<Param>& values() const { return values_; }

    Result<Rows> run(Connection& db) const { return db.query(text_, values_); }

private:
    std::string text_;
    std::vector<Param> values_;
    std::vector<std::shared_ptr<const std::string>> owned_;
};

// Calls `take` with some of them after the other, as many as one IN should hold: of a thousand and
// more MariaDB makes a subquery over a temporary table (in_predicate_conversion_threshold).
template <class T, class Take>
Result<void> in_parts(std::span<const T> all, Take take) {
    constexpr std::size_t most = 512;
    while (!all.empty()) {
        const auto some = all.first(std::min(most, all.size()));
        if (Result<void> done = take(some); !done) return done;
        all = all.subspan(some.size());
    }
    return {};
}

// LIKE pattern of texts that contain `typed`; what people type is not wild.
std::string containing(std::string_view typed);

}  // namespace hotline::mysql
