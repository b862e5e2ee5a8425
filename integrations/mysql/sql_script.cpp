#include "integrations/mysql/migrate.hpp"

namespace hotline::mysql {

namespace {

// Where the quoted text, comment or single character that begins at `at` ends.
std::size_t end_of_token(std::string_view script, std::size_t at) {
    const char c = script[at];
    if (c == '\'' || c == '"' || c == '`') {
        for (std::size_t next = at + 1; next < script.size(); ++next) {
            if (script[next] == '\\' && c != '`')
                ++next;
            else if (script[next] == c)
                return next + 1;
        }
        return script.size();
    }
    return at + 1;
}

// Length of a comment at `at`, 0 if there is none. "--" needs a space or line end after it.
std::size_t comment_length(std::string_view script, std::size_t at) {
    const std::string_view rest = script.substr(at);
    const bool dashes = rest.starts_with("--") && (rest.size() == 2 || rest[2] <= ' ');
    if (dashes || rest.starts_with('#')) {
        const std::size_t line = rest.find('\n');
        return line == std::string_view::npos ? rest.size() : line;
    }
    if (rest.starts_with("/*")) {
        const std::size_t close = rest.find("*/", 2);
        return close == std::string_view::npos ? rest.size() : close + 2;
    }
    return 0;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

}  // namespace

std::vector<std::string> split_statements(std::string_view script) {
    std::vector<std::string> statements;
    std::string current;
    const auto close = [&] {
        if (std::string text = trimmed(current); !text.empty())
            statements.push_back(std::move(text));
        current.clear();
    };
    for (std::size_t at = 0; at < script.size();) {
        if (const std::size_t length = comment_length(script, at); length != 0) {
            at += length;
        } else if (script[at] == ';') {
            close();
            ++at;
        } else {
            const std::size_t end = end_of_token(script, at);
            current.append(script.substr(at, end - at));
            at = end;
        }
    }
    close();
    return statements;
}

}  // namespace hotline::mysql
