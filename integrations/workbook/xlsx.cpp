#include "integrations/workbook/xlsx.hpp"

#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace hotline::workbook {
namespace {

// A file without a name, in memory.
class MemoryFile {
public:
    MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
    ~MemoryFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    bool there() const { return descriptor_ >= 0; }
    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

    Result<std::string> bytes() const {
        std::string all;
        std::array<char, 65'536> part{};
        for (;;) {
            const auto at = static_cast<off_t>(all.size());
            const ssize_t got = pread(descriptor_, part.data(), part.size(), at);
            if (got < 0) return fail(ErrorCode::internal, std::strerror(errno));
            if (got == 0) return all;
            all.append(part.data(), static_cast<std::size_t>(got));
        }
    }

private:
    int descriptor_;
};

struct Looks {
    lxw_format* heading = nullptr;
    lxw_format* text = nullptr;
};

constexpr double widest = 60;

// In the width of a digit; a Chinese character takes two.
double width_of(const std::string& text) {
    const auto wide = [](char c) { return (static_cast<unsigned char>(c) & 0xF0) == 0xE0; };
    const auto narrow = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<double>(
        std::ranges::count_if(text, narrow) + std::ranges::count_if(text, wide)
    );
}

class Writer {
public:
    Writer(lxw_worksheet* sheet, const Looks& looks) : sheet_(sheet), looks_(looks) {}

    lxw_error write(const Sheet& sheet) {
        lxw_row_t at = 0;
        for (const auto& [what, told] : sheet.about) {
            put(at, 0, what, looks_.heading);
            put(at++, 1, told, nullptr);
        }
        if (at > 0) ++at;
        std::vector<double> widths;
        for (const std::string& heading : sheet.headings) {
            put(at, static_cast<lxw_col_t>(widths.size()), heading, looks_.heading);
            widths.push_back(width_of(heading) + 2);
        }
        // What the columns are stays in sight.
        worksheet_freeze_panes(sheet_, at + 1, 0);
        for (const Row& row : sheet.rows) write_row(++at, row, widths);
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            note(worksheet_set_column(
                sheet_, column, column, std::clamp(widths[i], 8.0, widest), nullptr
            ));
        }
        return fault_;
    }

private:
    void note(lxw_error error) {
        if (error != LXW_NO_ERROR) fault_ = error;
    }
    void put(lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* look) {
        note(worksheet_write_string(sheet_, row, column, text.c_str(), look));
    }
    void write_row(lxw_row_t at, const Row& row, std::vector<double>& widths) {
        lxw_col_t column = 0;
        for (const Cell& cell : row) {
            if (const auto* text = std::get_if<std::string>(&cell)) {
                put(at, column, *text, looks_.text);
                if (column < widths.size()) {
                    widths[column] = std::max(widths[column], width_of(*text) + 2);
                }
            } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                const auto value = static_cast<double>(*whole);
                note(worksheet_write_number(sheet_, at, column, value, nullptr));
            } else if (const auto* number = std::get_if<double>(&cell)) {
                note(worksheet_write_number(sheet_, at, column, *number, nullptr));
            }
            ++column;
        }
    }

    lxw_worksheet* sheet_;
    const Looks& looks_;
    lxw_error fault_ = LXW_NO_ERROR;
};

lxw_error fill(lxw_workbook* book, std::span<const Sheet> sheets) {
    Looks looks{workbook_add_format(book), workbook_add_format(book)};
    if (looks.heading == nullptr || looks.text == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
    format_set_bold(looks.heading);
    format_set_num_format(looks.text, "@");  // typed over it stays a text
    for (const Sheet& sheet : sheets) {
        auto* page = workbook_add_worksheet(book, sheet.name.c_str());
        if (page == nullptr) return LXW_ERROR_SHEETNAME_ALREADY_USED;
        if (const auto error = Writer(page, looks).write(sheet); error != LXW_NO_ERROR) {
            return error;
        }
    }
    return LXW_NO_ERROR;
}

}  // namespace

Result<std::string> xlsx(std::span<const Sheet> sheets) {
    const MemoryFile file;
    if (!file.there()) return fail(ErrorCode::internal, std::strerror(errno));
    auto* book = workbook_new(file.path().c_str());
    if (book == nullptr) return fail(ErrorCode::internal, "no workbook");
    const lxw_error filled = fill(book, sheets);
    const lxw_error closed = workbook_close(book);  // frees it, whatever happens
    if (filled != LXW_NO_ERROR) return fail(ErrorCode::internal, lxw_strerror(filled));
    if (closed != LXW_NO_ERROR) return fail(ErrorCode::internal, lxw_strerror(closed));
    return file.bytes();
}

}  // namespace hotline::workbook
