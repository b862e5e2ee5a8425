#include "server/city/import/csv.hpp"

#include "ticketing/text.hpp"

#include <iconv.h>

namespace hotline::city {
namespace {

// A formula, behind apostrophes that are there already.
bool looks_like_formula(std::string_view cell) {
    const auto first = cell.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

// Reads record after record off the front of a text.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    Result<CsvRecord> record() {
        CsvRecord record;
        record.line = line_;
        for (;;) {
            auto cell = starts_with('"') ? quoted() : plain();
            if (!cell) return std::unexpected(cell.error());
            record.cells.push_back(std::move(*cell));
            if (starts_with(',')) {
                take();
                continue;
            }
            if (starts_with('\r')) take();
            if (at_end()) return record;
            if (!starts_with('\n')) return faulty("text after a closing quote");
            take();
            return record;
        }
    }

private:
    bool starts_with(char c) const { return !rest_.empty() && rest_.front() == c; }

    char take() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '\n') ++line_;
        return c;
    }

    std::unexpected<Error> faulty(std::string_view what) const {
        return fail(
            ErrorCode::invalid_format, "line " + std::to_string(line_) + ": " + std::string{what}
        );
    }

    Result<std::string> plain() {
        const auto end = std::min(rest_.find_first_of(",\r\n\""), rest_.size());
        std::string cell{rest_.substr(0, end)};
        rest_.remove_prefix(end);
        if (starts_with('"')) return faulty("a quote inside an unquoted cell");
        return cell;
    }

    Result<std::string> quoted() {
        const std::size_t begun = line_;
        take();
        std::string cell;
        while (!at_end()) {
            const char c = take();
            if (c != '"') {
                cell += c;
            } else if (starts_with('"')) {
                cell += take();
            } else {
                return cell;
            }
        }
        line_ = begun;
        return faulty("a quote that is never closed");
    }

    std::string_view rest_;
    std::size_t line_ = 1;
};

bool blank(const CsvRecord& record) {
    for (const auto& cell : record.cells) {
        if (cell.find_first_not_of(" \t") != std::string::npos) return false;
    }
    return true;
}

}  // namespace

Result<std::vector<CsvRecord>> parse_csv(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::vector<CsvRecord> records;
    for (Reader reader{text}; !reader.at_end();) {
        auto record = reader.record();
        if (!record) return std::unexpected(record.error());
        if (!blank(*record)) records.push_back(std::move(*record));
    }
    return records;
}

std::string with_guard(std::string_view cell) {
    return (looks_like_formula(cell) ? "'" : "") + std::string(cell);
}

std::string csv_cell(std::string_view cell) {
    std::string text = with_guard(cell);
    const bool plain = text.find_first_of(",\"\r\n") == std::string::npos &&
                       (text.empty() || (text.front() != ' ' && text.back() != ' '));
    if (plain) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
        if (&cell != &cells.front()) line += ',';
        line += csv_cell(cell);
    }
    return line + "\r\n";
}

std::string_view without_guard(std::string_view cell) {
    const bool guarded = cell.starts_with('\'') && looks_like_formula(cell);
    return guarded ? cell.substr(1) : cell;
}

Result<std::string> to_utf8(std::string_view bytes) {
    if (ticketing::is_clean_utf8(bytes)) return std::string{bytes};
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    // iconv_open says "no" with this value, whatever type it is.
    if (converter == reinterpret_cast<iconv_t>(-1)) {
        return fail(ErrorCode::internal, "GB18030 is not known to this system");
    }
    std::string input{bytes};
    std::string output(bytes.size() * 2 + 16, '\0');
    char* in = input.data();
    char* out = output.data();
    std::size_t in_left = input.size();
    std::size_t out_left = output.size();
    const bool converted =
        iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    output.resize(output.size() - out_left);
    if (!converted || !ticketing::is_clean_utf8(output)) {
        return fail(ErrorCode::invalid_utf8, "the file is neither UTF-8 nor GB18030");
    }
    return output;
}

}  // namespace hotline::city
