#include "server/calendar/lines.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

using hotline::calendar::LineCutter;

namespace {

std::vector<std::string> cut(const std::vector<std::string>& blocks, std::size_t limit = 8) {
    std::vector<std::string> lines;
    LineCutter cutter(
        limit,
        [&](std::string_view line) { lines.emplace_back(line); },
        [&] { lines.emplace_back("too long"); }
    );
    for (const auto& block : blocks) cutter.take(block);
    cutter.finish();
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines are the same however the stream is cut") {
    CHECK(cut({"a\nb\n"}) == Lines{"a", "b"});
    CHECK(cut({"a", "\n", "b"}) == Lines{"a", "b"});
    CHECK(cut({"a\n\n \t\r\n\nb\n"}) == Lines{"a", "b"});
    CHECK(cut({}) == Lines{});
}

TEST_CASE("a byte order mark counts only at the very beginning") {
    CHECK(cut({"\xEF\xBB", "\xBF", "a\n\xEF\xBB\xBF\n"}) == Lines{"a", "\xEF\xBB\xBF"});
    CHECK(cut({"\xEF\xBB\xBF\n"}) == Lines{});
}

TEST_CASE("a line that is too long is told once and the next one is read") {
    CHECK(cut({"12345678\n"}) == Lines{"12345678"});
    CHECK(cut({"123456789\nb\n"}) == Lines{"too long", "b"});
    CHECK(cut({"12345", "6789", "0123456789", "\nb"}) == Lines{"too long", "b"});
}
