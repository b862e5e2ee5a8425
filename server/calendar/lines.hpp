#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hotline::calendar {

// Cuts a stream into lines as it comes: without CR and LF, without a byte order mark before the
// first, blank ones left out. A line over `limit` bytes is reported without being kept.
class LineCutter {
public:
    using OnLine = std::function<void(std::string_view)>;
    using OnTooLong = std::function<void()>;

    LineCutter(std::size_t limit, OnLine on_line, OnTooLong on_too_long);

    void take(std::string_view bytes);
    // The last line, when it has no end.
    void finish();

private:
    void keep(std::string_view part);
    void end_line();

    std::size_t limit_;
    OnLine on_line_;
    OnTooLong on_too_long_;
    std::string line_;
    bool too_long_ = false;
    bool first_ = true;
};

}  // namespace hotline::calendar
