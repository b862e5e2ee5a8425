#include "integrations/mysql/rows.hpp"

#include <charconv>

namespace hotline::mysql {

namespace {

template <class T>
T parse(std::string_view text) {
    T value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

template <class T>
T digits(std::string_view text, std::size_t from, std::size_t count) {
    return from + count <= text.size() ? parse<T>(text.substr(from, count)) : T{};
}

// "2026-11-23 10:00:00.123000" or a beginning of it; the server never sends a zone.
Time parse_time(std::string_view text) {
    const std::chrono::year_month_day day{
        std::chrono::year{digits<int>(text, 0, 4)},
        std::chrono::month{digits<unsigned>(text, 5, 2)},
        std::chrono::day{digits<unsigned>(text, 8, 2)}
    };
    if (!day.ok()) return Time{};
    int fraction = 0;
    for (std::size_t place = 20; place < 23; ++place) {
        const bool given = place < text.size();
        fraction = fraction * 10 + (given ? text[place] - '0' : 0);
    }
    return Time{std::chrono::sys_days{day}} + std::chrono::hours{digits<int>(text, 11, 2)} +
           std::chrono::minutes{digits<int>(text, 14, 2)} +
           std::chrono::seconds{digits<int>(text, 17, 2)} + std::chrono::milliseconds{fraction};
}

}  // namespace

bool Row::null(std::size_t column) const {
    return rows_->null(index_, column);
}

std::string_view Row::text(std::size_t column) const {
    return rows_->cell(index_, column);
}

std::int64_t Row::integer(std::size_t column) const {
    return parse<std::int64_t>(text(column));
}

std::uint64_t Row::unsigned_integer(std::size_t column) const {
    return parse<std::uint64_t>(text(column));
}

double Row::real(std::size_t column) const {
    return parse<double>(text(column));
}

Time Row::time(std::size_t column) const {
    return parse_time(text(column));
}

std::optional<std::string> Row::optional_string(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional{string(column)};
}

std::optional<std::int64_t> Row::optional_integer(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<std::uint64_t> Row::optional_unsigned(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional{unsigned_integer(column)};
}

std::optional<double> Row::optional_real(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional{real(column)};
}

std::optional<Time> Row::optional_time(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional{time(column)};
}

void Rows::append(std::string_view bytes) {
    bytes_.append(bytes);
    ends_.push_back({bytes_.size(), false});
}

void Rows::append_null() {
    ends_.push_back({bytes_.size(), true});
}

void Rows::clear() {
    bytes_.clear();
    ends_.clear();
}

std::string_view Rows::cell(std::size_t row, std::size_t column) const {
    const std::size_t index = row * columns_ + column;
    const std::size_t begin = index == 0 ? 0 : ends_.at(index - 1).offset;
    return std::string_view{bytes_}.substr(begin, ends_.at(index).offset - begin);
}

bool Rows::null(std::size_t row, std::size_t column) const {
    return ends_.at(row * columns_ + column).null;
}

}  // namespace hotline::mysql
