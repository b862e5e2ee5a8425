#include "server/calendar/lines.hpp"

#include <utility>

namespace hotline::calendar {

LineCutter::LineCutter(std::size_t limit, OnLine on_line, OnTooLong on_too_long)
    : limit_(limit), on_line_(std::move(on_line)), on_too_long_(std::move(on_too_long)) {}

void LineCutter::take(std::string_view bytes) {
    for (;;) {
        const std::size_t end = bytes.find('\n');
        keep(bytes.substr(0, end));
        if (end == std::string_view::npos) return;
        end_line();
        bytes.remove_prefix(end + 1);
    }
}

void LineCutter::finish() {
    end_line();
}

void LineCutter::keep(std::string_view part) {
    too_long_ = too_long_ || line_.size() + part.size() > limit_;
    if (too_long_) {
        line_.clear();
    } else {
        line_ += part;
    }
}

void LineCutter::end_line() {
    std::string_view line = line_;
    if (std::exchange(first_, false) && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (std::exchange(too_long_, false)) {
        on_too_long_();
    } else if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        on_line_(line);
    }
    line_.clear();
}

}  // namespace hotline::calendar
