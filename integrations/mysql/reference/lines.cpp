#include "integrations/mysql/reference/lines.hpp"

namespace hotline::reference {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> parted(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<Line> lines_of(std::string_view file, std::string_view text) {
    std::vector<Line> lines;
    std::size_t number = 0;
    for (const std::string_view raw : parted(text, '\n')) {
        ++number;
        const std::string_view line = trimmed(raw);
        if (!line.empty() && line.front() != '#') lines.push_back({file, number, line});
    }
    return lines;
}

std::unexpected<Error> faulty(const Line& line, std::string_view what) {
    std::string detail{line.file};
    detail += ':';
    detail += std::to_string(line.number);
    detail += ": ";
    detail += what;
    return fail(ErrorCode::invalid_format, std::move(detail));
}

}  // namespace hotline::reference
