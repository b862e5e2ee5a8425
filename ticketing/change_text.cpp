#include "ticketing/change_text.hpp"

#include <charconv>

namespace hotline::ticketing {
namespace {

// Walks over the text once; every step answers false or nothing at the first byte that does not
// fit.
class ChangeReader {
public:
    explicit ChangeReader(std::string_view text) : text_(text) {}

    bool at_end() const { return next_ == text_.size(); }

    bool take(char expected) {
        if (at_end() || text_[next_] != expected) return false;
        ++next_;
        return true;
    }

    // A string with its quotes.
    std::optional<std::string_view> string() {
        const std::size_t start = next_;
        if (!take('"')) return std::nullopt;
        while (!at_end() && text_[next_] != '"') next_ += text_[next_] == '\\' ? 2 : 1;
        if (next_ >= text_.size()) return std::nullopt;
        ++next_;
        return text_.substr(start, next_ - start);
    }

    // A string, number, true, false, null, or a flat list of those.
    std::optional<std::string_view> value() {
        const std::size_t start = next_;
        if (at_end()) return std::nullopt;
        if (text_[next_] == '[') return list(start);
        if (text_[next_] == '"') return string();
        while (!at_end() && bare(text_[next_])) ++next_;
        if (next_ == start) return std::nullopt;
        return text_.substr(start, next_ - start);
    }

private:
    static bool bare(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
               c == '+' || c == 'E';
    }

    std::optional<std::string_view> list(std::size_t start) {
        ++next_;
        if (take(']')) return text_.substr(start, next_ - start);
        do {
            if (at_end() || text_[next_] == '[' || !value()) return std::nullopt;
        } while (take(','));
        if (!take(']')) return std::nullopt;
        return text_.substr(start, next_ - start);
    }

    std::string_view text_;
    std::size_t next_ = 0;
};

std::optional<Change> read_pair(ChangeReader& reader) {
    const auto field = reader.string();
    if (!field || !reader.take(':') || !reader.take('[')) return std::nullopt;
    const auto before = reader.value();
    if (!before || !reader.take(',')) return std::nullopt;
    const auto after = reader.value();
    if (!after || !reader.take(']')) return std::nullopt;
    return Change{field->substr(1, field->size() - 2), *before, *after};
}

// The one escape with digits that append_json_string writes: control characters, one byte each.
std::optional<char> control_character(std::string_view digits) {
    unsigned value = 0;
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value, 16);
    if (read.ec != std::errc{} || read.ptr != end || value >= 0x20) return std::nullopt;
    return static_cast<char>(value);
}

}  // namespace

std::optional<std::vector<Change>> read_changes(std::string_view changes) {
    std::vector<Change> found;
    if (changes.empty()) return found;
    ChangeReader reader(changes);
    if (!reader.take('{')) return std::nullopt;
    if (!reader.take('}')) {
        do {
            const auto pair = read_pair(reader);
            if (!pair) return std::nullopt;
            found.push_back(*pair);
        } while (reader.take(','));
        if (!reader.take('}')) return std::nullopt;
    }
    if (!reader.at_end()) return std::nullopt;
    return found;
}

std::optional<std::string> text_value(std::string_view value) {
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::nullopt;
    value = value.substr(1, value.size() - 2);
    std::string text;
    text.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\') {
            text += value[i];
            continue;
        }
        if (++i == value.size()) return std::nullopt;
        if (value[i] == 'n') {
            text += '\n';
        } else if (value[i] == 'u' && value.size() - i > 4) {
            const auto control = control_character(value.substr(i + 1, 4));
            if (!control) return std::nullopt;
            text += *control;
            i += 4;
        } else if (value[i] == '"' || value[i] == '\\') {
            text += value[i];
        } else {
            return std::nullopt;
        }
    }
    return text;
}

std::optional<std::int64_t> number_value(std::string_view value) {
    std::int64_t number = 0;
    const char* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

std::optional<bool> flag_value(std::string_view value) {
    if (value == "true") return true;
    if (value == "false") return false;
    return std::nullopt;
}

}  // namespace hotline::ticketing
